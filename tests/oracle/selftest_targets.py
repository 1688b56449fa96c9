#!/usr/bin/env python3
"""Worked cases for the slow targeting list: each answer here was worked out by hand."""

import copy
import unittest

import dataset
import targets
from selftest import REGIONS, can, feeds, link, local

SEGMENTS = [{"id": "up", "name": "上游", "stage": "upstream"}, {"id": "down", "name": "下游", "stage": "downstream"}]
CRITERIA = ("necessity", "leverage", "unlock", "pull", "push", "research", "zone_fit", "prospects", "policy")


def place(id, **fields):
    return {"id": id, "name": id, **fields}


def outside(id):
    return {"id": id, "name": id, "region": "far"}


def edges(*pairs, **fields):
    return [{"from": one, "to": other, **fields} for one, other in pairs]


def dataset_of(links, supply=(), present="", **kinds):
    """Chains c and d with the same segments; each link named in `present` has a firm of its own of level 1."""
    records = [record if isinstance(record, dict) else link(record) for record in links]
    data = {"dataset": {"id": "t", "home": "home", "as_of": "2022-12-07"},
            "regions": [dict(region) for region in REGIONS],
            "chains": [{"id": id, "name": id, "segments": [dict(one) for one in SEGMENTS]} for id in "cd"],
            "links": records, "supply": list(supply), **{kind: list(some) for kind, some in kinds.items()}}
    data["firms"] = [local("firm " + id) for id in present] + data.get("firms", [])
    data["capability"] = [can("firm " + id, id) for id in present] + data.get("capability", [])
    return dataset.fill(data)


def row_of(data, id, policy=None):
    """The row of a link, listed or unknown."""
    answer = targets.analyse(data, policy=policy)
    return next(row for row in answer["rows"] + answer["summary"]["unknown"] if row["link"] == id)


class Criterion(unittest.TestCase):
    name = None

    def of(self, id, links, supply=(), present="", policy=None, **kinds):
        return row_of(dataset_of(links, supply, present, **kinds), id, policy)["criteria"][self.name]


class Necessity(Criterion):
    name = "necessity"

    def x(self, capability=(), projects=(), **fields):
        return self.of("x", [link("x", **fields)], firms=[local("f")], projects=projects, capability=capability)

    def test_nothing_there(self):
        self.assertEqual(self.x(importance=1), 1)
        self.assertEqual(self.x(importance=.25), .25)
        self.assertEqual(self.x(), .5)                      # importance is .5 unless said
        self.assertEqual(self.x(importance=0), 0)

    def test_supply_and_pipeline_against_demand(self):
        signed = [place("p", zone="z", stage="signed")]
        # 1 of 4: weak; .8 · (1 − 1/4)
        self.assertAlmostEqual(self.x([can("f", "x")], importance=.8, demand=4), .6)
        # (.5 + .5 · .5) of 2: weak; 1 · (1 − .75 / 2)
        self.assertEqual(self.x([can("f", "x", .5), can("p", "x", .5)], signed, importance=1, demand=2), .625)
        # pipeline alone: .5 · 1 of 4; 1 − .125
        self.assertEqual(self.x([can("p", "x")], signed, importance=1, demand=4), .875)

    def test_met_is_zero_and_no_less(self):
        # one firm that meets the demand is single
        self.assertEqual(self.x([can("f", "x")], importance=1), 0)
        self.assertEqual(self.x([can("f", "x")], importance=1, demand=.5), 0)
        # two signed projects for half a unit: pipeline 1 of .5
        signed = [place(id, zone="z", stage="signed") for id in "pq"]
        self.assertEqual(self.x([can("p", "x"), can("q", "x")], signed, importance=1, demand=.5), 0)

    def test_chances_are_the_policys(self):
        data = dataset_of([link("x", importance=1)], projects=[place("p", zone="z", stage="signed")],
                          capability=[can("p", "x")])
        self.assertEqual(row_of(data, "x", {"chance": {"signed": .25}})["criteria"]["necessity"], .75)
        # with no chance it is no pipeline
        row = row_of(data, "x", {"chance": {"signed": 0}})
        self.assertEqual((row["status"], row["criteria"]["necessity"]), ("missing", 1))

    def test_no_demand_is_never_listed(self):
        data = dataset_of([link("x", demand=0), link("y", demand=0, survey="none")])
        answer = targets.analyse(data)
        self.assertEqual((answer["rows"], answer["summary"]["unknown"]), ([], []))


class Leverage(Criterion):
    name = "leverage"

    def test_finals_that_fail(self):
        # x feeds a, a feeds m and n; z stands by itself
        links = ["x", "a", link("m", importance=.25), link("n", importance=.5), link("z", importance=.25)]
        supply = edges(("x", "a"), ("a", "m"), ("a", "n"))
        self.assertEqual(self.of("x", links, supply), .75)
        self.assertEqual(self.of("x", links[:-1], supply), 1)
        # a final's own failure does not count, its importance does: none of .25 + .5 + .25
        self.assertEqual(self.of("m", links, supply), 0)

    def test_who_has_a_choice_does_not_fail(self):
        links = ["x", "y", "w", link("m", importance=1), link("n", importance=.5)]
        one_of_two = edges(("x", "m"), ("y", "m"), group="g") + edges(("x", "n"))
        self.assertEqual(self.of("x", links, one_of_two), .5 / (1 + .5 + .5))       # w is final too
        two_of_three = edges(("x", "m"), ("y", "m"), ("w", "m"), group="g", k=2)
        self.assertEqual(self.of("x", links, two_of_three), 0)
        two_of_two = edges(("x", "m"), ("y", "m"), group="g", k=2)
        self.assertEqual(self.of("x", links, two_of_two), 1 / 2)                    # of m, n and w
        self.assertEqual(self.of("x", links, edges(("x", "m"), need="optional")), 0)

    def test_missing_ones_are_assumed_available(self):
        # y is missing too, and all the same m has a choice
        self.assertEqual(self.of("x", "xym", edges(("x", "m"), ("y", "m"), group="g"), "m"), 0)

    def test_finals_that_weigh_nothing(self):
        self.assertEqual(self.of("x", ["x", link("m", importance=0)], edges(("x", "m"))), 0)


class Unlock(Criterion):
    name = "unlock"

    def unlocked(self, id, *arguments, **kinds):
        return targets.Facts(dataset_of(*arguments, **kinds)).of(id)["unlocked"]

    def test_line(self):
        # x stops a, b and c; y is at the end of a line that x stops
        links, supply = "xabcyz", edges(("x", "a"), ("a", "b"), ("b", "c"), ("a", "y"))
        self.assertEqual(self.unlocked("x", links, supply, "abc"), 4)
        self.assertEqual(self.unlocked("y", links, supply, "abc"), 0)
        self.assertEqual(self.unlocked("z", links, supply, "abc"), 1)       # itself alone
        self.assertEqual(self.of("x", links, supply, "abc"), 1)
        self.assertEqual(self.of("y", links, supply, "abc"), 0)
        self.assertEqual(self.of("z", links, supply, "abc"), 1 / 4)

    def test_abstract_links_are_passed_and_not_counted(self):
        links = ["x", link("j", abstract=True), "a"]
        self.assertEqual(self.unlocked("x", links, edges(("x", "j"), ("j", "a")), "a"), 2)

    def test_cycle(self):
        # a and b need each other, and a needs x: with x all three hold
        supply = edges(("a", "b"), ("b", "a"), ("x", "a"))
        self.assertEqual(self.unlocked("x", "xab", supply, "ab"), 3)
        # x in the ring itself: x, a and b need one another
        self.assertEqual(self.unlocked("x", "xab", edges(("x", "a"), ("a", "b"), ("b", "x")), "ab"), 3)
        # two missing in the ring: neither is enough
        self.assertEqual(self.unlocked("x", "xab", edges(("x", "a"), ("a", "b"), ("b", "x")), "a"), 0)

    def test_k_of_n(self):
        # m needs two of x, y, w
        links, supply = "xywm", edges(("x", "m"), ("y", "m"), ("w", "m"), group="g", k=2)
        self.assertEqual(self.unlocked("x", links, supply, "m"), 1)         # one of two: itself alone
        self.assertEqual(self.unlocked("x", links, supply, "my"), 2)        # the second
        self.assertEqual(self.unlocked("x", links, supply, "myw"), 1)       # not needed
        self.assertEqual(self.unlocked("x", "xym", edges(("x", "m"), ("y", "m"), group="g"), "m"), 2)

    def test_optional_inputs_stop_nothing(self):
        self.assertEqual(self.unlocked("x", "xa", edges(("x", "a"), need="optional"), "a"), 1)

    def test_present_already(self):
        # x is weak: with level 1 of 4 it is present, and producible with what it feeds
        links, supply = [link("x", demand=4), "a", "y"], edges(("x", "a"))
        self.assertEqual(self.unlocked("x", links, supply, "xa"), 0)
        self.assertEqual(self.of("x", links, supply, "xa"), 0)

    def test_nothing_to_unlock_at_all(self):
        # each lacks the other
        self.assertEqual(self.of("x", "xy", edges(("x", "y"), ("y", "x"))), 0)

    def test_unknown_links_against_the_listed_ones(self):
        # u would unlock u, a and b; y is listed and unlocks y and e; v unlocks itself
        links = [link("u", survey="none"), "a", "b", "y", "e", link("v", survey="none")]
        supply = edges(("u", "a"), ("u", "b"), ("y", "e"))
        answers = {id: self.of(id, links, supply, "abe") for id in "yuv"}
        self.assertEqual(answers, {"y": 1, "u": 1, "v": 1 / 2})
        # none listed: nothing to divide by
        self.assertEqual(self.of("u", links[:1]), 0)


class Pull(Criterion):
    name = "pull"

    def test_consumers(self):
        self.assertEqual(self.of("x", "x"), .5)
        self.assertEqual(self.of("x", "xab", edges(("x", "a"), ("x", "b"))), 0)
        self.assertEqual(self.of("x", "xab", edges(("x", "a"), ("x", "b")), "a"), .5)
        self.assertEqual(self.of("x", "xab", edges(("x", "a"), ("x", "b")), "ab"), 1)
        self.assertEqual(self.of("x", "xabc", edges(("x", "a"), ("x", "b"), ("x", "c")), "b"), 1 / 3)

    def test_only_the_nearest(self):
        self.assertEqual(self.of("x", "xab", edges(("x", "a"), ("a", "b")), "b"), 0)

    def test_abstract_links_are_looked_through(self):
        # x → j → k → a, j → b, x → a: a counts once
        links = ["x", link("j", abstract=True), link("k", abstract=True), "a", "b"]
        supply = edges(("x", "j"), ("j", "k"), ("k", "a"), ("j", "b"), ("x", "a"))
        self.assertEqual(self.of("x", links, supply, "a"), .5)
        # a junction that leads nowhere is no consumer
        self.assertEqual(self.of("x", links[:2], edges(("x", "j"))), .5)
        self.assertEqual(self.of("x", links[:2], edges(("x", "j")), policy={"target": {"no_consumers": .125}}), .125)

    def test_either_need(self):
        supply = edges(("x", "a"), need="optional") + edges(("x", "b"))
        self.assertEqual(self.of("x", "xab", supply, "a"), .5)

    def test_without_demand_is_present(self):
        self.assertEqual(self.of("x", ["x", link("a", demand=0)], edges(("x", "a"))), 1)

    def test_unknown_is_not_present(self):
        self.assertEqual(self.of("x", ["x", link("a", survey="none")], edges(("x", "a"))), 0)

    def test_a_junction_that_leads_back(self):
        # x → j → x and j → a: x is a consumer of its own, missing; weak, it would be present
        links, supply = [link("x", demand=4), link("j", abstract=True), "a"], edges(("x", "j"), ("j", "x"), ("j", "a"))
        self.assertEqual(self.of("x", links, supply, "a"), .5)
        self.assertEqual(self.of("x", links, supply, "x"), .5)
        self.assertEqual(self.of("x", links, supply, "ax"), 1)


class Push(Criterion):
    name = "push"

    def test_groups(self):
        # a alone, one of b and c, two of d, e and f
        supply = (edges(("a", "x")) + edges(("b", "x"), ("c", "x"), group="g")
                  + edges(("d", "x"), ("e", "x"), ("f", "x"), group="h", k=2))
        self.assertEqual(self.of("x", "xabcdef", supply), 0)
        self.assertEqual(self.of("x", "xabcdef", supply, "c"), 1 / 3)
        self.assertEqual(self.of("x", "xabcdef", supply, "cd"), 1 / 3)
        self.assertEqual(self.of("x", "xabcdef", supply, "cdf"), 2 / 3)
        self.assertEqual(self.of("x", "xabcdef", supply, "acdf"), 1)

    def test_no_groups(self):
        self.assertEqual(self.of("x", "x"), .5)
        self.assertEqual(self.of("x", "xa", edges(("a", "x"), need="optional"), "a"), .5)
        self.assertEqual(self.of("x", "x", policy={"target": {"no_inputs": 1}}), 1)

    def test_available_is_not_producible(self):
        # a is present, though what it needs is not
        self.assertEqual(self.of("x", "xab", edges(("b", "a"), ("a", "x")), "a"), 1)

    def test_junctions_are_available_when_their_groups_are(self):
        links = ["x", link("j", abstract=True), link("k", abstract=True), "a", "b"]
        supply = edges(("j", "x"), ("k", "x"), ("a", "k")) + edges(("a", "j"), ("b", "j"), group="g", k=2)
        self.assertEqual(self.of("x", links, supply, "a"), .5)
        self.assertEqual(self.of("x", links, supply, "ab"), 1)
        self.assertEqual(self.of("x", links, supply, "b"), 0)
        # needing nothing, or nothing that is required
        self.assertEqual(self.of("x", links, edges(("j", "x"))), 1)
        self.assertEqual(self.of("x", links, edges(("j", "x")) + edges(("a", "j"), need="optional")), 1)


class Research(Criterion):
    name = "research"

    def x(self, *levels):
        institutions = [local("i%d" % i) for i in range(len(levels))] + [outside("away")]
        capability = [can("i%d" % i, "x", level) for i, level in enumerate(levels)] + [can("away", "x")]
        return self.of("x", "x", institutions=institutions, capability=capability)

    def test_sum_up_to_one(self):
        self.assertEqual(self.x(), 0)
        self.assertEqual(self.x(.25, .5), .75)
        self.assertEqual(self.x(.5, .5), 1)
        self.assertEqual(self.x(1, .5), 1)

    def test_of_firms_too(self):
        self.assertEqual(self.of("x", "x", firms=[local("f")], capability=[can("f", "x", .5, role="research")]), .5)


class ZoneFit(Criterion):
    name = "zone_fit"
    links = [link("x", segment="up"), link("beside", segment="up"), link("later", segment="down"), link("loose"),
             link("namesake", chain="d", segment="up"), link("loose too", also=["d"]),
             link("junction", segment="down", abstract=True)]
    zones = [place("z"), place("y")]

    def fit(self, *focus, id="x", policy=None):
        return self.of(id, self.links, zones=self.zones, policy=policy,
                       focus=edges(*((zone, target) for zone, target in focus)))

    def test_what_the_focus_is_on(self):
        self.assertEqual(self.fit(), 0)
        self.assertEqual(self.fit(("z", "x")), 1)
        self.assertEqual(self.fit(("z", "beside")), .6)
        self.assertEqual(self.fit(("z", "c")), .3)
        self.assertEqual(self.fit(("z", "later")), 0)
        self.assertEqual(self.fit(("z", "d")), 0)

    def test_another_link_of_the_segment(self):
        # z has its focus on x itself and on nothing beside it: for beside that is .6, for x 1
        self.assertEqual(self.fit(("z", "x"), id="beside"), .6)
        self.assertEqual(self.fit(("z", "x"), id="x"), 1)
        # of the segment, not of all in the chain; and segments are their chain's own
        self.assertEqual(self.fit(("z", "later"), ("y", "namesake"), ("y", "loose")), 0)
        # no segment is not a segment that links without one share
        self.assertEqual(self.fit(("z", "loose too"), id="loose"), 0)
        # a junction is a link of its segment
        self.assertEqual(self.fit(("z", "junction"), id="later"), .6)

    def test_one_in_the_segment_alone(self):
        # with no other link there, only the link's own weight and the chain's can be had
        alone = dict(zones=self.zones)
        for focus, fit in (("x", 1), ("c", .3)):
            self.assertEqual(self.of("x", [link("x", segment="up")], focus=edges(("z", focus)), **alone), fit)
        self.assertEqual(self.of("x", [link("x", segment="up")], focus=edges(("z", "x")), **alone,
                                 policy={"target": {"zone_on_link": .25, "zone_on_segment": .2}}), .25)

    def test_best_zone(self):
        self.assertEqual(self.fit(("z", "c"), ("y", "beside")), .6)
        self.assertEqual(self.fit(("z", "x"), ("y", "beside"), ("y", "c")), 1)
        self.assertEqual(self.fit(("z", "c"), ("z", "beside")), .6)

    def test_its_chain_is_not_the_others_it_serves(self):
        self.assertEqual(self.fit(("z", "d"), id="loose too"), 0)
        self.assertEqual(self.fit(("z", "c"), id="loose too"), .3)

    def test_policy(self):
        policy = {"target": {"zone_on_segment": .5}}
        self.assertEqual(self.fit(("z", "beside"), policy=policy), .5)
        self.assertEqual(self.fit(("z", "c"), policy=policy), .3)


class Prospects(Criterion):
    name = "prospects"

    def of_edges(self, on_link=0, on_chain=0, policy=None, **fields):
        who = [outside("f%d" % i) for i in range(on_link + on_chain)]
        pairs = [(firm["id"], "x" if i < on_link else "c") for i, firm in enumerate(who)]
        return self.of("x", [link("x"), link("y")], firms=who, policy=policy, prospect=edges(*pairs, **fields))

    def test_on_the_link_and_on_its_chain(self):
        self.assertEqual(self.of_edges(), 0)
        self.assertEqual(self.of_edges(1), 1 / 3)
        self.assertEqual(self.of_edges(0, 1), 1 / 12)
        self.assertAlmostEqual(self.of_edges(2, 2), 2.5 / 3)
        self.assertEqual(self.of_edges(3), 1)
        self.assertEqual(self.of_edges(0, 12), 1)
        self.assertEqual(self.of_edges(5, 9), 1)

    def test_edges_of_any_role(self):
        roles = ("produce", "research", "customer", "association")
        for role in roles:
            self.assertEqual(self.of_edges(1, role=role), 1 / 3, role)
        # edges count, not who they are of
        self.assertEqual(self.of("x", "x", firms=[outside("f")], institutions=[outside("i")], prospect=[
            {"from": "f", "to": "x", "role": "produce"}, {"from": "f", "to": "x", "role": "customer"},
            {"from": "i", "to": "x", "role": "research"}]), 1)

    def test_elsewhere(self):
        self.assertEqual(self.of("x", [link("x", also=["d"]), "y"], firms=[outside("f")],
                                 prospect=edges(("f", "d"), ("f", "y"))), 0)

    def test_policy(self):
        policy = {"target": {"chain_prospect": .5, "full_prospects": 5}}
        self.assertEqual(self.of_edges(1, 2, policy), (1 + 2 * .5) / 5)


class Policy(Criterion):
    name = "policy"

    def test_choke_before_priority(self):
        def of(policy=None, **fields):
            return self.of("x", [link("x", **fields)], policy=policy)
        self.assertEqual((of(choke=True), of(priority=True), of()), (1, .7, .3))
        self.assertEqual(of(choke=True, priority=True), 1)
        turned = {"target": {"policy_choke": 0, "policy_priority": 1, "policy_other": .5}}
        self.assertEqual((of(turned, choke=True, priority=True), of(turned, priority=True), of(turned)), (0, 1, .5))


class Score(unittest.TestCase):
    # x (missing, choke) feeds a (present, final) and needs s (missing); z has its focus on x's chain; one prospect on
    # x, one on its chain; an institution of level .25. x unlocks nothing, for it needs s; s unlocks itself, as x is
    # missing. Finals: a alone, which fails with x and with s.
    links = [link("x", choke=True, importance=.75), link("a", importance=1), link("s", priority=True)]
    kinds = {
        "supply": edges(("s", "x"), ("x", "a")), "present": "a", "zones": [place("z")], "focus": edges(("z", "c")),
        "institutions": [local("i")], "capability": [can("i", "x", .25)],
        "firms": [outside("f"), outside("g")], "prospect": edges(("f", "x"), ("g", "c")),
    }

    def data(self):
        return dataset_of([dict(one) for one in self.links], **copy.deepcopy(self.kinds))

    def test_criteria_and_mean(self):
        row = row_of(self.data(), "x")
        self.assertEqual(list(row["criteria"]), list(CRITERIA))
        expected = (.75, 1, 0, 1, 0, .25, .3, 1.25 / 3, 1)
        for name, figure in zip(CRITERIA, expected):
            self.assertAlmostEqual(row["criteria"][name], figure, msg=name)
        # 3·.75 + 3·1 + 2·0 + 2·1 + 0 + .25 + .3 + .41666… + 2·1 = 10.21666…, of 3+3+2+2+1+1+1+1+2 = 16
        self.assertAlmostEqual(row["score"], (9.8 + 5 / 12) / 16)
        self.assertEqual({field: row[field] for field in ("link", "name", "chain", "status", "action")},
                         {"link": "x", "name": "x", "chain": "c", "status": "missing", "action": "extend-backward"})

    def test_the_others(self):
        rows = {row["link"]: row for row in targets.analyse(self.data())["rows"]}
        # a has one firm of level 1: single, present, unlocks nothing, fails no final but itself
        for name, figure in zip(CRITERIA, (0, 0, 0, .5, 0, 0, .3, 1 / 12, .3)):
            self.assertAlmostEqual(rows["a"]["criteria"][name], figure, msg=name)
        # s has no inputs, its consumer x is missing
        for name, figure in zip(CRITERIA, (.5, 1, 1, 0, .5, 0, .3, 1 / 12, .7)):
            self.assertAlmostEqual(rows["s"]["criteria"][name], figure, msg=name)
        # (1.5 + 3 + 2 + .5 + .3 + 1/12 + 1.4) / 16 = .549 is less than x's .639
        self.assertEqual([row["rank"] for row in rows.values()], [1, 2, 3])
        self.assertEqual(list(rows), ["x", "s", "a"])

    def test_weights(self):
        weights = {name: 0 for name in CRITERIA}
        row = row_of(self.data(), "x", {"target_weights": {**weights, "necessity": 1, "zone_fit": 3}})
        self.assertAlmostEqual(row["score"], (.75 + 3 * .3) / 4)
        # what is left out keeps its weight: 2·1 less, of 14
        row = row_of(self.data(), "x", {"target_weights": {"policy": 0}})
        self.assertAlmostEqual(row["score"], (7.8 + 5 / 12) / 14)


class List(unittest.TestCase):
    def order(self, *links, **kinds):
        return [row["link"] for row in targets.analyse(dataset_of(links, **kinds))["rows"]]

    def test_statuses(self):
        links = ["gone", link("coming"), link("weak", demand=4), link("single"), link("enough"), link("strong"),
                 link("asked", survey="none"), link("none", demand=0), link("j", abstract=True)]
        firms = [local("f"), local("g"), local("best", grade="leader")]
        capability = [can("f", "weak"), can("f", "single"), can("f", "enough", .5), can("g", "enough", .25),
                      can("best", "strong"), can("p", "coming")]
        data = dataset_of(links, firms=firms, capability=capability, projects=[place("p", zone="z", stage="planned")])
        answer = targets.analyse(data)
        self.assertEqual({row["link"]: row["status"] for row in answer["rows"]},
                         {"gone": "missing", "coming": "pipeline", "weak": "weak", "single": "single"})
        self.assertEqual([(row["link"], row["status"]) for row in answer["summary"]["unknown"]], [("asked", "unknown")])

    def test_unknown_as_if_missing(self):
        links = [link("x", survey="none"), link("y"), link("a")]
        supply = edges(("x", "a"), ("y", "a"), group="g")
        unknown = row_of(dataset_of(links, supply, "a"), "x")
        links[0] = link("x")
        missing = row_of(dataset_of(links, supply, "a"), "x")
        self.assertEqual((unknown["criteria"], unknown["score"]), (missing["criteria"], missing["score"]))
        self.assertEqual((unknown["rank"], unknown["action"]), (1, "extend-backward"))

    def test_ties_go_by_bytes(self):
        # U+FF01 comes before U+1F697 by bytes of UTF-8, and after it by those of UTF-16
        self.assertEqual(self.order("b", "é", "Z", "🚗", "！", "a"), ["Z", "a", "b", "é", "！", "🚗"])

    def test_scores_as_written(self):
        # 3 · 1e-13 / 16 does not show in twelve digits, 1e-10 does
        near = [link("b", importance=.5 + 1e-13), link("a", importance=.5)]
        self.assertEqual(self.order(*near), ["a", "b"])
        self.assertEqual(self.order(link("b", importance=.5 + 1e-10), near[1]), ["b", "a"])

    def test_chain(self):
        links = [link("w", chain="d", importance=.4), link("x", importance=.3), link("y", chain="d", importance=.2),
                 link("z", also=["d"], importance=.1), link("u", survey="none"),
                 link("v", chain="d", survey="none", importance=.1)]
        data = dataset_of(links, edges(("x", "w")))
        # w needs x; of the finals w, y, z, u and v (.4 + .2 + .1 + .5 + .1) x takes .4
        whole, part = targets.analyse(data), targets.analyse(data, "d")
        self.assertEqual([(row["link"], row["rank"], row["rank_overall"]) for row in whole["rows"]],
                         [("x", 1, 1), ("y", 2, 2), ("z", 3, 3), ("w", 4, 4)])
        self.assertEqual([(row["link"], row["rank"], row["rank_overall"]) for row in part["rows"]],
                         [("y", 1, 2), ("z", 2, 3), ("w", 3, 4)])
        self.assertEqual([(row["link"], row["rank"], row["rank_overall"]) for row in part["summary"]["unknown"]],
                         [("v", 1, 2)])
        figures = {row["link"]: (row["score"], row["criteria"]) for row in whole["rows"]}
        self.assertEqual({row["link"]: (row["score"], row["criteria"]) for row in part["rows"]},
                         {id: figures[id] for id in "yzw"})


if __name__ == "__main__":
    unittest.main()
