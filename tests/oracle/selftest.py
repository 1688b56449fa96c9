#!/usr/bin/env python3
"""Worked cases for the slow method itself: each answer here was worked out by hand."""

import os
import tempfile
import unittest

import compare_gaps
import dataset
import gaps
import random_dataset

CHAIN = {"id": "c", "name": "链", "segments": [{"id": "up", "name": "上游", "stage": "upstream"}]}
REGIONS = [{"id": "cn", "name": "中国"}, {"id": "home", "name": "本地", "parent": "cn"},
           {"id": "county", "name": "县", "parent": "home"}, {"id": "far", "name": "外地", "parent": "cn"}]


def link(id, **fields):
    return {"id": id, "name": id, "chain": "c", **fields}


def local(id, **fields):
    return {"id": id, "name": id, "region": "county", **fields}


def can(entity, target, level=1, **fields):
    return {"from": entity, "to": target, "level": level, **fields}


def feeds(supplier, consumer, **fields):
    return {"from": supplier, "to": consumer, **fields}


def analyse(chain=None, policy=None, **kinds):
    """Rows by link id, and the summaries of the chains, of a dataset with one home and one chain."""
    data = {"dataset": {"id": "t", "home": "home"}, "regions": [dict(region) for region in REGIONS],
            "chains": [dict(CHAIN)], **kinds}
    answer = gaps.analyse(dataset.fill(data), chain, policy)
    return {row["link"]: row for row in answer["rows"]}, answer["summary"]["chains"]


def row_of_x(firms=(), capability=(), projects=(), institutions=(), policy=None, **fields):
    rows, _ = analyse(policy=policy, links=[link("x", **fields)], firms=list(firms), projects=list(projects),
                      institutions=list(institutions), capability=list(capability))
    return rows["x"]


class Status(unittest.TestCase):
    def status(self, levels, grades=(), **fields):
        """Status of a link with one local firm a level."""
        firms = [local("f%d" % i) for i in range(len(levels))]
        for firm, grade in zip(firms, grades):
            firm["grade"] = grade
        return row_of_x(firms, [can("f%d" % i, "x", level) for i, level in enumerate(levels)], **fields)["status"]

    def test_nobody(self):
        self.assertEqual(self.status([]), "missing")
        self.assertEqual(self.status([], survey="complete"), "missing")
        self.assertEqual(self.status([], survey="none"), "unknown")
        self.assertEqual(self.status([], demand=0), "adequate")

    def test_weak_is_below_half(self):
        self.assertEqual(self.status([.4375]), "weak")
        self.assertEqual(self.status([.5]), "single")
        self.assertEqual(self.status([.25, .25]), "adequate")
        self.assertEqual(self.status([.5, .25], demand=2), "weak")
        # .6 + .7 + .2 is 1.4999999999999998 by doubles, and stands on the half of 3 all the same
        self.assertEqual(self.status([.6, .7, .2], demand=3), "adequate")

    def test_strong_wants_full_coverage(self):
        self.assertEqual(self.status([.5, .25, .25]), "strong")
        self.assertEqual(self.status([.5, .25, .125]), "adequate")
        self.assertEqual(self.status([1], ["leader"]), "strong")
        self.assertEqual(self.status([.75], ["leader"]), "single")
        self.assertEqual(self.status([1], ["backbone"]), "single")
        # .2 + .7 + .1 is 0.9999999999999999 by doubles
        self.assertEqual(self.status([.2, .7, .1]), "strong")

    def test_single_by_concentration(self):
        self.assertEqual(self.status([1, .0625]), "single")     # hhi (256 + 1) / 289 = .889
        self.assertEqual(self.status([1, .125]), "adequate")    # hhi (64 + 1) / 81 = .802

    def test_no_demand_is_adequate(self):
        self.assertEqual(self.status([1, 1, 1], ["leader"], demand=0), "adequate")
        self.assertEqual(self.status([.0625], demand=0), "adequate")

    def test_pipeline_before_unknown(self):
        row = row_of_x(projects=[{"id": "p", "name": "p", "zone": "z"}], capability=[can("p", "x", .5)],
                       survey="none")
        self.assertEqual((row["status"], row["pipeline"]), ("pipeline", .05))


class Counting(unittest.TestCase):
    def test_distinct_producers(self):
        row = row_of_x([local("f"), local("g")],
                       [can("f", "x", .5), can("f", "x", .25, role="service"), can("g", "x", .25)], demand=2)
        self.assertEqual((row["producers"], row["supply"], row["coverage"]), (2, 1, .5))
        self.assertEqual(row["hhi"], .625)

    def test_who_is_local(self):
        firms = [{"id": "a", "name": "a", "region": "home"}, {"id": "b", "name": "b", "region": "county"},
                 {"id": "c1", "name": "c", "zone": "z", "region": "far"}, {"id": "d", "name": "d", "zone": "z"},
                 {"id": "e", "name": "e", "region": "far"}, {"id": "f", "name": "f", "region": "cn"},
                 {"id": "g", "name": "g"}]
        row = row_of_x(firms, [can(firm["id"], "x") for firm in firms])
        self.assertEqual(row["producers"], 4)

    def test_projects_by_stage(self):
        stages = ("planned", "contacted", "signed", "building", "operating", None)
        projects = [{"id": "p%d" % i, "name": "p", "zone": "z", **({"stage": stage} if stage else {})}
                    for i, stage in enumerate(stages)] + [{"id": "q", "name": "q", "stage": "operating"}]
        row = row_of_x(projects=projects, capability=[can(project["id"], "x") for project in projects])
        self.assertEqual((row["producers"], row["supply"]), (1, 1))
        self.assertAlmostEqual(row["pipeline"], .1 + .2 + .5 + .8 + .1)

    def test_research_is_of_anyone_and_nothing_else(self):
        row = row_of_x([local("f")], [can("f", "x", .5, role="research"), can("i", "x", .25),
                                      can("i", "x", 1, role="produce"), can("p", "x", .125, role="research")],
                       [{"id": "p", "name": "p", "zone": "z", "stage": "operating"}], [local("i")])
        self.assertEqual((row["research"], row["producers"], row["supply"]), (.875, 0, 0))
        self.assertEqual((row["status"], row["hhi"]), ("missing", None))

    def test_policy(self):
        row = row_of_x([local("f"), local("g")], [can("f", "x", .5), can("g", "x", .5)],
                       policy={"strong_producers": 2})
        self.assertEqual(row["status"], "strong")

    def test_provenance(self):
        row = row_of_x(
            [local("f", basis="inferred", source="plan#2"), local("g", source="z#1", basis="assumed")],
            [can("f", "x", source=["plan#2", "plan#10"]), can("g", "y", source="other#1")],
            [], [local("i", basis="assumed", source="inst#1")], source="网#1")
        self.assertEqual((row["basis"], row["sources"]), ("inferred", ["plan#10", "plan#2", "网#1"]))
        row = row_of_x(institutions=[local("i", basis="assumed", source="inst#1")],
                       capability=[can("i", "x", role="produce", basis="inferred")])
        self.assertEqual((row["basis"], row["sources"]), ("stated", []))
        row = row_of_x(institutions=[local("i", basis="assumed", source="inst#1")], capability=[can("i", "x")])
        self.assertEqual((row["basis"], row["sources"]), ("assumed", ["inst#1"]))


class Action(unittest.TestCase):
    def action(self, present, supply, links=("a", "x", "b"), abstract=()):
        records = [link(id, abstract=id in abstract) for id in links]
        rows, _ = analyse(links=records, supply=supply, firms=[local("f")],
                          capability=[can("f", id) for id in present])
        return rows["x"]["action"]

    def test_by_neighbours(self):
        line = [feeds("a", "x"), feeds("x", "b")]
        self.assertEqual(self.action("ab", line), "fill")
        self.assertEqual(self.action("a", line), "extend-forward")
        self.assertEqual(self.action("b", line), "extend-backward")
        self.assertEqual(self.action("", line), "build")
        self.assertEqual(self.action("ab", []), "build")
        self.assertEqual(self.action("x", line), "strengthen")

    def test_optional_neighbours_count(self):
        self.assertEqual(self.action("a", [feeds("a", "x", need="optional")]), "extend-forward")

    def test_abstract_is_looked_through(self):
        chain = [feeds("a", "j"), feeds("j", "k", need="optional"), feeds("k", "x")]
        self.assertEqual(self.action("a", chain, "ajkx", "jk"), "extend-forward")
        # but not a non-abstract link that stands between
        self.assertEqual(self.action("a", chain, "ajkx", "j"), "build")

    def test_no_demand_is_present(self):
        rows, _ = analyse(links=[link("a", demand=0), link("x")], supply=[feeds("a", "x")])
        self.assertEqual((rows["a"]["action"], rows["x"]["action"]), ("keep", "extend-forward"))

    def test_strong_and_adequate_are_kept(self):
        rows, _ = analyse(links=[link("x")], firms=[local("f", grade="leader")], capability=[can("f", "x")])
        self.assertEqual(rows["x"]["action"], "keep")


class Producible(unittest.TestCase):
    def producible(self, present, supply, links, abstract=""):
        rows, _ = analyse(links=[link(id, abstract=id in abstract) for id in links], supply=supply,
                          firms=[local("f")], capability=[can("f", id) for id in present])
        return "".join(id for id in links if id in rows and rows[id]["producible"])

    def test_line(self):
        line = [feeds("a", "b"), feeds("b", "c")]
        self.assertEqual(self.producible("abc", line, "abc"), "abc")
        self.assertEqual(self.producible("bc", line, "abc"), "")
        self.assertEqual(self.producible("ac", line, "abc"), "a")

    def test_present_links_sustain_each_other(self):
        ring = [feeds("a", "b"), feeds("b", "c"), feeds("c", "a")]
        self.assertEqual(self.producible("abc", ring, "abc"), "abc")
        self.assertEqual(self.producible("ab", ring, "abc"), "")

    def test_optional_is_not_needed(self):
        self.assertEqual(self.producible("b", [feeds("a", "b", need="optional")], "ab"), "b")

    def test_alternatives(self):
        either = [feeds("a", "x", group="g"), feeds("b", "x", group="g")]
        self.assertEqual(self.producible("bx", either, "abx"), "bx")
        two = [feeds(id, "x", group="g", k=2) for id in "abc"]
        self.assertEqual(self.producible("bx", two, "abcx"), "b")
        self.assertEqual(self.producible("bcx", two, "abcx"), "bcx")
        # a group is one consumer's: the same text elsewhere is another group
        apart = [feeds("a", "x", group="g"), feeds("b", "y", group="g")]
        self.assertEqual(self.producible("axy", apart, "abxy"), "ax")

    def test_optional_edge_is_in_no_group(self):
        edges = [feeds("a", "x", group="g"), feeds("b", "x", group="g", need="optional")]
        self.assertEqual(self.producible("bx", edges, "abx"), "b")

    def test_through_abstract(self):
        edges = [feeds("a", "j"), feeds("j", "x")]
        self.assertEqual(self.producible("x", edges, "ajx", "j"), "")
        self.assertEqual(self.producible("ax", edges, "ajx", "j"), "ax")
        self.assertEqual(self.producible("x", [feeds("j", "x")], "jx", "j"), "x")
        # a ring through an abstract link sustains itself too
        self.assertEqual(self.producible("x", [feeds("x", "j"), feeds("j", "x")], "jx", "j"), "x")


class Summary(unittest.TestCase):
    def test_figures(self):
        # a, b present; m missing; j abstract and met by a; x present with groups {j} {m} {a b m, k 2}
        links = [link("a", importance=1), link("b", importance=.5), link("m", importance=.5),
                 link("j", abstract=True), link("x", importance=0, demand=4)]
        supply = [feeds("a", "j"), feeds("j", "x"), feeds("m", "x"), feeds("b", "m"), feeds("a", "b"),
                  feeds("a", "x", group="g", k=2), feeds("b", "x", group="g", k=2), feeds("m", "x2"),
                  feeds("m", "a", need="optional")]
        links.append(link("x2"))
        rows, chains = analyse(links=links, supply=supply, firms=[local("f")],
                               capability=[can("f", "a"), can("f", "b", .5), can("f", "x")])
        summary, = chains
        self.assertEqual(summary["by_status"], {"missing": 2, "pipeline": 0, "unknown": 0, "weak": 1,
                                                "single": 2, "adequate": 0, "strong": 0})
        self.assertEqual((summary["chain"], summary["name"], summary["links"]), ("c", "链", 5))
        self.assertEqual(summary["completeness"], (1 * 1 + .5 * .5) / (1 + .5 + .5 + 0 + .5))
        # groups of present links: b {a} met; x {j} met, {m} not, {a b} met
        self.assertEqual(summary["local_supply_rate"], 3 / 4)
        # nothing consumes x and x2; neither is producible
        self.assertEqual((summary["producible_finals"], summary["finals"]), (0, 2))

    def test_nulls(self):
        _, (summary,) = analyse(links=[link("x", importance=0)])
        self.assertEqual((summary["completeness"], summary["local_supply_rate"]), (None, None))
        _, (summary,) = analyse(links=[])
        self.assertEqual((summary["completeness"], summary["links"]), (None, 0))

    def test_explicit_final(self):
        links = [link("a", final=True), link("x", final=False)]
        _, (summary,) = analyse(links=links, supply=[feeds("a", "x")], firms=[local("f")],
                                capability=[can("f", "a")])
        self.assertEqual((summary["producible_finals"], summary["finals"]), (1, 1))

    def test_available_is_not_producible(self):
        # j is available because a is present, though a itself lacks m
        links = [link("m"), link("a"), link("j", abstract=True), link("x")]
        supply = [feeds("m", "a"), feeds("a", "j"), feeds("j", "x")]
        rows, (summary,) = analyse(links=links, supply=supply, firms=[local("f")],
                                   capability=[can("f", "a"), can("f", "x")])
        self.assertEqual(summary["local_supply_rate"], 1 / 2)
        self.assertFalse(rows["x"]["producible"])

    def test_chain_selects_and_also_counts(self):
        chains = [{"id": "c", "name": "一"}, {"id": "b", "name": "二"}]
        links = [link("x", also=["b"]), link("y"), link("z", chain="b")]
        rows, summaries = analyse(chains=chains, links=links)
        self.assertEqual([(s["chain"], s["links"]) for s in summaries], [("b", 2), ("c", 2)])
        rows, summaries = analyse(chain="b", chains=chains, links=links)
        self.assertEqual((list(rows), [s["chain"] for s in summaries]), (["x", "z"], ["b"]))
        self.assertEqual(rows["x"]["chain"], "c")

    def test_segment_and_stage(self):
        rows, _ = analyse(links=[link("x", segment="up"), link("y")])
        self.assertEqual((rows["x"]["segment"], rows["x"]["stage"]), ("up", "upstream"))
        self.assertEqual((rows["y"]["segment"], rows["y"]["stage"]), (None, None))

    def test_rows_in_byte_order(self):
        rows, _ = analyse(links=[link(id) for id in ("🚗", "！", "链", "é", "z", "Z", "10", "9")])
        self.assertEqual(list(rows), ["10", "9", "Z", "z", "é", "链", "！", "🚗"])


class RandomDatasets(unittest.TestCase):
    def test_every_answer_occurs_and_none_is_near_a_threshold(self):
        seen = set()
        for seed in range(300):
            with tempfile.TemporaryDirectory() as folder:
                random_dataset.make(seed, folder)
                data = dataset.read(folder)
            answer = gaps.analyse(data)
            for row in answer["rows"]:
                seen |= {row["status"], row["action"], row["basis"], row["producible"]}
                self.assert_not_near(row)
            seen |= {("rate", s["local_supply_rate"] is None) for s in answer["summary"]["chains"]}
            seen |= {("completeness", s["completeness"] is None) for s in answer["summary"]["chains"]}
        wanted = set(gaps.STATUSES) | set(gaps.BASES) | {True, False}
        wanted |= {"fill", "build", "extend-forward", "extend-backward", "strengthen", "keep"}
        wanted |= {(figure, null) for figure in ("rate", "completeness") for null in (True, False)}
        self.assertEqual(wanted - seen, set())

    def assert_not_near(self, row):
        pairs = [(row["coverage"], .5), (row["coverage"], 1), (row["hhi"] or 0, .85)]
        for figure, threshold in pairs:
            self.assertFalse(gaps.EPSILON / 1000 < abs(figure - threshold) < 1e-6, row)

    def test_order_changes_the_order_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            one, other = os.path.join(folder, "one"), os.path.join(folder, "other")
            random_dataset.make(7, one)
            random_dataset.make(7, other, order=1)
            names = [sorted(os.path.relpath(os.path.join(place, file), top)
                            for place, _, files in os.walk(top) for file in files) for top in (one, other)]
            self.assertEqual(*names)
            one, other = dataset.read(one), dataset.read(other)
        self.assertNotEqual(one["links"], other["links"])
        for kind in dataset.KINDS:
            self.assertCountEqual(one[kind], other[kind])


class Comparing(unittest.TestCase):
    def test_numbers_to_the_tolerance_else_exactly(self):
        self.assertEqual(compare_gaps.differences("x", 1 / 3, .333333333333), [])
        self.assertEqual(compare_gaps.differences("x", [1, None], [1.0, None]), [])
        for expected, got in ((1, 1.00001), (1, True), (None, 0), ("a", "b"), ([1], [1, 2]), ({"a": 1}, {"a": 2}),
                              ({"a": 1}, {}), ({}, {"a": 1})):
            self.assertEqual(len(compare_gaps.differences("x", expected, got)), 1, (expected, got))


if __name__ == "__main__":
    unittest.main()
