#!/usr/bin/env python3
"""Worked cases for the slow bottleneck figures and minimal sets, and a second way to each figure on random datasets."""

import itertools
import random
import tempfile
import unittest
from fractions import Fraction

import bottlenecks
import compare_bottlenecks
import compare_gaps
import compare_seeds
import compare_sets
import dataset
import gaps
import random_dataset
import sets
from selftest import CHAIN, REGIONS, can, feeds, link, local


def one_of(suppliers, consumer, k=1, group="g"):
    return [feeds(supplier, consumer, group=group, k=k) for supplier in suppliers]


def line(ids):
    return [feeds(one, other) for one, other in zip(ids, ids[1:])]


def dataset_of(links, supply, present="", firms=(), capability=(), **fields):
    """Links named by letters (or whole records); each present one has a firm of its own."""
    records = [record if isinstance(record, dict) else link(record, **fields.get(record, {})) for record in links]
    return dataset.fill({
        "dataset": {"id": "t", "home": "home"}, "regions": [dict(region) for region in REGIONS],
        "chains": [dict(CHAIN)], "links": records, "supply": list(supply),
        "firms": [local("firm " + id) for id in present] + list(firms),
        "capability": [can("firm " + id, id) for id in present] + list(capability)})


def rows_of(*arguments, **fields):
    return bottlenecks.every_row(dataset_of(*arguments, **fields))


def column(rows, field):
    return {id: row[field] for id, row in rows.items()}


def letters(some):
    return ["".join(one) for one in some]


class PathShare(unittest.TestCase):
    def shares(self, links, supply):
        return column(rows_of(links, supply), "path_share")

    def test_diamond(self):
        self.assertEqual(self.shares("abcd", line("abd") + line("acd")), {"a": 1, "b": .5, "c": .5, "d": 1})

    def test_uneven(self):
        # a-b-d, a-c-d, a-d, e-d
        shares = self.shares("abcde", line("abd") + line("acd") + line("ad") + line("ed"))
        self.assertEqual(shares, {"a": .75, "b": .25, "c": .25, "d": 1, "e": .25})

    def test_cycle_is_one_node_and_its_ways_out_one_edge(self):
        # s-{b c}-d and s-a-d, though both b and c feed d
        supply = line("sbcbd") + line("cd") + line("sad")
        self.assertEqual(self.shares("sabcd", supply), {"s": 1, "a": .5, "b": .5, "c": .5, "d": 1})

    def test_no_path(self):
        self.assertEqual(self.shares("abc", line("aba")), {"a": 0, "b": 0, "c": 0})
        # what stands alone is on none, beside others that are
        self.assertEqual(self.shares("abcde", line("ab") + line("cdc")), {"a": 1, "b": 1, "c": 0, "d": 0, "e": 0})

    def test_either_need(self):
        self.assertEqual(self.shares("abc", [feeds("a", "c", need="optional"), feeds("b", "c")]),
                         {"a": .5, "b": .5, "c": 1})

    def test_beyond_doubles(self):
        data = dataset.fill(compare_bottlenecks.ladder())
        shares = bottlenecks.path_shares(bottlenecks.Condensation(data))
        # Up to the first way out, of two and then four times three ways all lead on.
        self.assertEqual(shares["j000"], 1)
        self.assertEqual(shares["s000"], Fraction(1, 2))
        self.assertEqual(shares["t001"], Fraction(1, 3))
        # The way back makes one component of a stage's side and the junction after it.
        self.assertEqual(shares["s045"], shares["j046"])
        self.assertEqual(sum(shares["out%03d" % stage] for stage in range(25, 800, 50)) + shares["j800"], 1)
        self.assertGreater(shares["out025"].denominator, 2 ** 1024)


class Dominated(unittest.TestCase):
    def dominated(self, links, supply, **fields):
        return column(rows_of(links, supply, **fields), "dominated_finals")

    def test_line_and_diamond(self):
        self.assertEqual(self.dominated("abc", line("abc")), {"a": 1, "b": 1, "c": 0})
        self.assertEqual(self.dominated("abcd", line("abd") + line("acd")), {"a": 1, "b": 0, "c": 0, "d": 0})

    def test_not_itself(self):
        self.assertEqual(self.dominated("ab", line("ab"), b={"final": True}, a={"final": True}), {"a": 1, "b": 0})

    def test_two_sources(self):
        self.assertEqual(self.dominated("abcd", line("acd") + line("bc")), {"a": 0, "b": 0, "c": 1, "d": 0})

    def test_every_link_of_a_source_component_is_entered(self):
        # Into the ring one comes at a and at b alike; out of it only by b.
        self.assertEqual(self.dominated("abd", line("abad")[:2] + line("bd")), {"a": 0, "b": 1, "d": 0})
        self.assertEqual(self.dominated("abd", line("aba") + line("bd"), a={"final": True}), {"a": 0, "b": 1, "d": 0})

    def test_a_ring_further_down_is_entered_where_it_is_fed(self):
        supply = line("abcb") + line("cd")
        self.assertEqual(self.dominated("abcd", supply, b={"final": True}), {"a": 2, "b": 1, "c": 1, "d": 0})

    def test_either_need(self):
        self.assertEqual(self.dominated("ab", [feeds("a", "b", need="optional")]), {"a": 1, "b": 0})

    def test_abstract_final(self):
        self.assertEqual(self.dominated("aj", line("aj"), j={"abstract": True}), {"a": 1, "j": 0})


class Blocked(unittest.TestCase):
    def blocks(self, links, supply, **fields):
        return {id: "".join(ids) for id, ids in column(rows_of(links, supply, **fields), "blocks").items()}

    def test_diamond_of_needed_inputs(self):
        self.assertEqual(self.blocks("abcd", line("abd") + line("acd")), {"a": "d", "b": "d", "c": "d", "d": ""})

    def test_diamond_of_alternatives(self):
        supply = line("ab") + line("ac") + one_of("bc", "d")
        self.assertEqual(self.blocks("abcd", supply), {"a": "d", "b": "", "c": "", "d": ""})

    def test_k_of_n(self):
        supply = one_of("abc", "x", k=2)
        self.assertEqual(self.blocks("abcx", supply), {"a": "", "b": "", "c": "", "x": ""})
        # a takes b along
        self.assertEqual(self.blocks("abcx", supply + line("ab")), {"a": "x", "b": "", "c": "", "x": ""})
        self.assertEqual(self.blocks("abcx", one_of("abc", "x", k=3)), {"a": "x", "b": "x", "c": "x", "x": ""})

    def test_optional_blocks_nothing(self):
        self.assertEqual(self.blocks("ax", [feeds("a", "x", need="optional")]), {"a": "", "x": ""})

    def test_ring(self):
        self.assertEqual(self.blocks("abx", line("aba") + line("bx")), {"a": "x", "b": "x", "x": ""})

    def test_abstract_junction(self):
        supply = one_of("ab", "j") + line("cj") + line("jx")
        self.assertEqual(self.blocks("abcjx", supply, j={"abstract": True}),
                         {"a": "", "b": "", "c": "x", "j": "x", "x": ""})

    def test_presence_does_not_matter(self):
        data = [bottlenecks.every_row(dataset_of("abc", line("abc"), present)) for present in ("", "a", "bc", "abc")]
        self.assertEqual([row["a"]["blocks"] for row in data], [["c"]] * 4)

    def test_weight(self):
        # Finals x 1, y .5, z .25, and a itself, .25, which does not block itself but counts below.
        links = [link("a", final=True, importance=.25), link("x", importance=1), link("y"), link("z", importance=.25)]
        row = rows_of(links, line("ax") + line("ay"))["a"]
        self.assertEqual((row["blocks"], row["blocked_finals"], row["blocked_weight"]), (["x", "y"], 2, 1.5 / 2))
        links = [link(id, importance=0) for id in "ax"]
        self.assertEqual(rows_of(links, line("ax"))["a"]["blocked_weight"], 0)
        # an abstract final weighs too
        links = [link("a"), link("j", abstract=True, importance=.25), link("x", importance=.75)]
        self.assertEqual(rows_of(links, line("aj"))["a"]["blocked_weight"], .25)

    def test_blocks_in_byte_order(self):
        finals = ["！", "🚗", "链", "z", "Z"]
        row = rows_of(["a"] + finals, [feeds("a", final) for final in finals])["a"]
        self.assertEqual(row["blocks"], ["Z", "z", "链", "！", "🚗"])


class Graph(unittest.TestCase):
    def test_articulation(self):
        self.assertEqual(column(rows_of("abc", line("abc")), "articulation"), {"a": False, "b": True, "c": False})
        self.assertNotIn(True, column(rows_of("abcd", line("abd") + line("acd")), "articulation").values())
        # Directions do not matter: two suppliers of one consumer hang together by it.
        self.assertTrue(rows_of("abx", line("ax") + line("bx"))["x"]["articulation"])
        # Nor do links elsewhere, nor is a link alone one.
        self.assertEqual(column(rows_of("abcz", line("ab")), "articulation"),
                         {"a": False, "b": False, "c": False, "z": False})
        self.assertFalse(rows_of("ab", line("aba"))["a"]["articulation"])

    def test_betweenness(self):
        self.assertEqual(column(rows_of("abcd", line("abcd")), "betweenness"), {"a": 0, "b": 2, "c": 2, "d": 0})
        self.assertEqual(column(rows_of("abcd", line("abd") + line("acd")), "betweenness"),
                         {"a": 0, "b": .5, "c": .5, "d": 0})
        # a ring of three: each stands on the one way between the other two against the ring
        self.assertEqual(column(rows_of("abc", line("abca")), "betweenness"), {"a": 1, "b": 1, "c": 1})
        # the long way round is no shortest path
        self.assertEqual(column(rows_of("abc", line("abc") + line("ac")), "betweenness"), {"a": 0, "b": 0, "c": 0})


class Score(unittest.TestCase):
    def test_external_and_concentration(self):
        two = [local("f"), local("g")]
        rows = rows_of(["a", "b", link("n", demand=0), link("j", abstract=True), link("i", abstract=True)],
                       line("aj") + line("bi"), "", two, [can("f", "a"), can("g", "a")])
        self.assertEqual(column(rows, "external"), {"a": False, "b": True, "n": False, "j": False, "i": True})
        self.assertEqual(column(rows, "hhi"), {"a": .5, "b": None, "n": None, "j": None, "i": None})
        # n is on no path and blocks nothing; nobody makes it and nobody need
        self.assertEqual(rows["n"]["score"], 0)

    def test_by_hand(self):
        rows = rows_of("abc", line("abc"), "b")
        self.assertEqual(column(rows, "score"), {"a": 1, "b": 1, "c": .4})
        # x, y final; a: on 2 of 3 paths, of a-x a-y b-y; dominates x; blocks both; two firms, .75 and .25
        rows = rows_of("abxy", line("ax") + line("ay") + line("by"), "b", [local("f"), local("g")],
                       [can("f", "a", .75), can("g", "a", .25)])
        self.assertAlmostEqual(rows["a"]["score"], .2 * 2 / 3 + .2 * 1 / 2 + .4 * 1 + .2 * .625)

    def test_weights(self):
        data = dataset_of("abc", line("abc"), "abc")
        policy = {"bottleneck_weights": {"path_share": 3, "dominated_finals": 0, "blocked_weight": 1, "concentration": 0}}
        self.assertEqual(bottlenecks.every_row(data, policy)["c"]["score"], .75)

    def test_no_finals(self):
        data = dataset_of("ab", line("ab"), "", a={"final": False}, b={"final": False})
        row = bottlenecks.every_row(data)["a"]
        self.assertEqual((row["dominated_finals"], row["blocked_weight"], row["score"]), (0, 0, .4))

    def test_rows_are_ranked_and_not_abstract(self):
        data = dataset_of(["b", "a", "c", link("j", abstract=True), link("0", chain="d", also=["c"]), link("z", chain="d")],
                          line("cj"))
        data["chains"].append({"id": "d", "name": "d"})
        self.assertEqual([row["link"] for row in bottlenecks.analyse(data)["rows"]], ["c", "0", "a", "b", "z"])
        self.assertEqual([row["link"] for row in bottlenecks.analyse(data, "c")["rows"]], ["c", "0", "a", "b"])


def answer(command, links, supply, target, present="", chance=None, **fields):
    data = dataset_of(links, supply, present, **fields)
    return sets.Answer(data, command, target, bottlenecks.presence(data), chance)


class UnlockSets(unittest.TestCase):
    def unlock(self, *arguments, **fields):
        return " ".join(letters(answer("unlock", *arguments, **fields).sets))

    def test_line(self):
        self.assertEqual(self.unlock("abc", line("abc"), "c"), "abc")
        self.assertEqual(self.unlock("abc", line("abc"), "c", "b"), "ac")
        self.assertEqual(self.unlock("abc", line("abc"), "b", "b"), "a")
        self.assertEqual(answer("unlock", "abc", line("abc"), "c", "abc").sets, [[]])

    def test_alternatives(self):
        self.assertEqual(self.unlock("abx", one_of("ab", "x"), "x", "x"), "a b")
        # c needs d besides: {a}, or {c, d}
        self.assertEqual(self.unlock("acdx", one_of("ac", "x") + line("dc"), "x", "x"), "a cd")
        # d serves both ways
        self.assertEqual(self.unlock("acdx", one_of("ac", "x") + line("dc") + line("da"), "x", "x"), "ad cd")

    def test_k_of_n(self):
        self.assertEqual(self.unlock("abcx", one_of("abc", "x", k=2), "x", "x"), "ab ac bc")
        self.assertEqual(self.unlock("abcx", one_of("abc", "x", k=2), "x", "xb"), "a c")

    def test_ring_sustains_itself(self):
        self.assertEqual(self.unlock("ab", line("aba"), "a"), "ab")
        self.assertEqual(self.unlock("ab", line("aba"), "a", "b"), "a")

    def test_abstract(self):
        supply = one_of("ab", "j") + line("jx")
        self.assertEqual(self.unlock("abjx", supply, "x", "x", j={"abstract": True}), "a b")
        self.assertEqual(self.unlock("abjx", supply, "j", j={"abstract": True}), "a b")
        self.assertEqual(answer("unlock", "jx", line("jx"), "j", j={"abstract": True}).sets, [[]])

    def test_optional_and_no_demand_are_not_asked_for(self):
        self.assertEqual(self.unlock("abx", [feeds("a", "x", need="optional")] + line("bx"), "x"), "bx")
        self.assertEqual(self.unlock("abx", line("ax") + line("bx"), "x", b={"demand": 0}), "ax")

    def test_elsewhere_does_not_matter(self):
        self.assertEqual(self.unlock("abcdx", line("ax") + line("xb") + line("cd"), "x"), "ax")


class CutSets(unittest.TestCase):
    def cut(self, *arguments, **fields):
        return " ".join(letters(answer("cut", *arguments, **fields).sets))

    def test_line_and_diamond(self):
        self.assertEqual(self.cut("abc", line("abc"), "c"), "a b c")
        self.assertEqual(self.cut("abcd", line("ab") + line("ac") + one_of("bc", "d"), "d"), "a d bc")

    def test_k_of_n(self):
        self.assertEqual(self.cut("abcx", one_of("abc", "x", k=2), "x"), "x ab ac bc")
        self.assertEqual(self.cut("abcx", one_of("abc", "x", k=1), "x"), "x abc")

    def test_ring(self):
        self.assertEqual(self.cut("abx", line("aba") + line("bx"), "x"), "a b x")

    def test_abstract_is_in_no_set(self):
        supply = one_of("ab", "j") + line("jx")
        self.assertEqual(self.cut("abjx", supply, "x", j={"abstract": True}), "x ab")
        self.assertEqual(self.cut("abjx", supply, "j", j={"abstract": True}), "ab")
        self.assertEqual(answer("cut", "jx", line("jx"), "j", j={"abstract": True}).row(),
                         {"target": "j", "exact": True, "count": 0, "by_size": [], "sets": [], "importance": []})

    def test_presence_does_not_matter(self):
        self.assertEqual(self.cut("abc", line("abc"), "c", "b"), "a b c")

    def test_optional(self):
        self.assertEqual(self.cut("ax", [feeds("a", "x", need="optional")], "x"), "x")


class SetRows(unittest.TestCase):
    def setUp(self):
        self.answer = answer("cut", "abcx", one_of("abc", "x", k=2), "x")

    def test_order_and_counts(self):
        row = self.answer.row()
        self.assertEqual((row["exact"], row["count"], row["by_size"]), (True, 4, [0, 1, 3]))
        self.assertEqual(row["sets"], [["x"], ["a", "b"], ["a", "c"], ["b", "c"]])
        self.assertEqual(answer("unlock", "a", [], "a", "a").row()["by_size"], [1])

    def test_size_limit(self):
        row = self.answer.row(max_size=1)
        self.assertEqual((row["exact"], row["count"], row["by_size"], row["sets"]), (False, 1, [0, 1], [["x"]]))
        self.assertEqual(row["importance"], self.answer.row()["importance"])
        self.assertTrue(self.answer.row(max_size=2)["exact"])

    def test_count_limit(self):
        row = self.answer.row(limit=3)
        self.assertNotIn("sets", row)
        self.assertEqual((row["exact"], row["count"]), (True, 4))
        self.assertIn("sets", self.answer.row(limit=4))

    def test_ids_in_byte_order(self):
        ids = ["🚗", "！", "z", "Z"]
        self.assertEqual(answer("cut", ids + ["x"], one_of(ids, "x", k=4), "x").sets, [["Z"], ["x"], ["z"], ["！"], ["🚗"]])
        self.assertEqual(answer("cut", ids + ["x"], one_of(ids, "x"), "x").sets, [["x"], ["Z", "z", "！", "🚗"]])


class Importance(unittest.TestCase):
    def figures(self, *arguments, **fields):
        return {row["link"]: (row["birnbaum"], row["fussell_vesely"])
                for row in answer(*arguments, **fields).importance}

    def assert_figures(self, got, **wanted):
        self.assertEqual(set(got), set(wanted))
        for link_id, pair in wanted.items():
            for one, other in zip(got[link_id], pair):
                self.assertAlmostEqual(one, float(other), places=14)

    def test_series(self):
        # x hangs on a when x itself stands
        self.assert_figures(self.figures("cut", "ax", line("ax"), "x"), a=(.99, .01 * .99 / .0199), x=(.99, .01 * .99 / .0199))

    def test_parallel(self):
        got = self.figures("cut", "abx", one_of("ab", "x"), "x", chance=.1)
        # cut sets {x} and {a b}: fails with .1 + .9 * .01
        self.assert_figures(got, x=(.99, .099 / .109), a=(.1 * .9, .009 / .109), b=(.1 * .9, .009 / .109))

    def test_two_of_three(self):
        got = self.figures("cut", "abcj", one_of("abc", "j", k=2), "j", j={"abstract": True})
        # j hangs on a when just one of b and c has failed
        pair = (2 * .01 * .99, .01 * .0198 / (3 * .0001 - 2 * .000001))
        self.assert_figures(got, a=pair, b=pair, c=pair)

    def test_unlock_takes_what_is_present_as_sure(self):
        got = self.figures("unlock", "abpx", one_of("ab", "x") + line("px"), "x", "p", chance=.5)
        # missing: x, a and b; failure sets {x}, {a b}
        self.assert_figures(got, x=(.75, .6), a=(.25, .2), b=(.25, .2))

    def test_links_that_do_not_matter_are_left_out(self):
        # b is needed by a way that is no way: it takes c, which needs a, which is the other way
        supply = one_of("ac", "x") + line("ac") + line("bc")
        self.assertEqual(set(self.figures("unlock", "abcx", supply, "x")), {"a", "x"})

    def test_order(self):
        rows = answer("cut", "bax", one_of("ab", "x"), "x").importance
        self.assertEqual([row["link"] for row in rows], ["x", "a", "b"])

    def test_already_producible(self):
        self.assertEqual(answer("unlock", "ax", line("ax"), "x", "ax").importance, [])


class Cheapest(unittest.TestCase):
    def test_sum_then_size_then_ids(self):
        some = [["a"], ["b", "c"], ["b", "d"]]
        self.assertEqual(sets.cheapest(some, {"a": 9, "b": 1, "c": 2, "d": 3}), (["b", "c"], 3))
        self.assertEqual(sets.cheapest(some, {"a": 3, "b": 1, "c": 2, "d": 3}), (["a"], 3))
        self.assertEqual(sets.cheapest(some, {"a": 9, "b": 1, "c": 2, "d": 2}), (["b", "c"], 3))

    def least(self, links, supply, cost=None, present="", chain="c", **fields):
        data = dataset_of(links, supply, present, **fields)
        found, sum_of_cost = sets.least_for_chain(data, bottlenecks.presence(data), chain, cost)
        return "".join(found), sum_of_cost

    def test_least_for_chain(self):
        # x by a or b, y by b or c: b serves both
        supply = one_of("ab", "x") + one_of("bc", "y")
        self.assertEqual(self.least("abcxy", supply, present="xy"), ("b", 1))
        self.assertEqual(self.least("abcxy", supply), ("bxy", 3))
        # few before cheap
        cost = {"a": 1, "b": 9, "c": 1}
        self.assertEqual(self.least("abcxy", supply, cost, "xy"), ("b", 9))
        # cheap among as few, then by ids
        self.assertEqual(self.least("abx", one_of("ab", "x"), {"a": 2, "b": 1}, "x"), ("b", 1))
        self.assertEqual(self.least("abx", one_of("ab", "x"), {"a": 1, "b": 1}, "x"), ("a", 1))

    def test_finals_of_the_chain_alone(self):
        links = [link("a"), link("x"), link("b", chain="d"), link("y", chain="d"), link("z", chain="d", also=["c"])]
        self.assertEqual(self.least(links, line("ax") + line("by")), ("axz", 3))
        self.assertEqual(self.least(links, line("ax") + line("by"), chain="d"), ("byz", 3))
        self.assertEqual(self.least(["a", link("j", abstract=True)], line("aj")), ("a", 1))
        self.assertEqual(self.least("ab", line("ab"), present="ab"), ("", 0))


# Each figure a second way, on random datasets

def random_data(seed, links=None, alternatives=False):
    with tempfile.TemporaryDirectory() as folder:
        random_dataset.make(seed, folder, links, alternatives=alternatives)
        return dataset.read(folder)


def small_data():
    for seed in range(60):
        yield random_data(seed, random.Random(seed).randint(4, 10), alternatives=seed % 2 == 1)


def walks(following, start, ends, most):
    """Every path from the start to a node of the ends, written out; None when there are too many."""
    found, frontier = [], [(start,)]
    while frontier:
        walk = frontier.pop()
        if walk[-1] in ends and len(walk) > 1:
            found.append(walk)
        frontier += [walk + (there,) for there in following[walk[-1]] if there not in walk]
        if len(found) + len(frontier) > most:
            return None
    return found


class SecondWays(unittest.TestCase):
    def test_path_share_by_writing_paths_out(self):
        compared = uneven = 0
        for seed in range(150):
            data = random_data(seed)
            condensation = bottlenecks.Condensation(data)
            every = [walks(condensation.after, source, set(condensation.sinks), 3000) for source in condensation.sources]
            if None in every:
                continue
            paths = [path for some in every for path in some]
            compared += 1
            for link_id, share in bottlenecks.path_shares(condensation).items():
                passing = sum(condensation.component_of[link_id] in path for path in paths)
                self.assertEqual(share, Fraction(passing, len(paths)) if paths else 0)
                uneven += 0 < share < 1
        self.assertGreater(compared, 50)
        self.assertGreater(uneven, 500)

    def test_dominated_by_sets_of_dominators(self):
        some = 0
        for seed in range(0, 300, 5):
            data = random_data(seed)
            links, pairs = bottlenecks.link_ids(data), bottlenecks.supply_pairs(data)
            condensation = bottlenecks.Condensation(data)
            roots = {link_id for component in condensation.sources for link_id in component}
            # The greatest solution of: dominators = itself and what dominates all that come before it.
            dominators = {link_id: {link_id} if link_id in roots else set(links) for link_id in links}
            changed = True
            while changed:
                changed = False
                for link_id in set(links) - roots:
                    of_all = set.intersection(*(dominators[one] for one, other in pairs if other == link_id)) | {link_id}
                    changed |= of_all != dominators[link_id]
                    dominators[link_id] = of_all
            for link_id in links:
                wanted = {record["id"] for record in data["links"]
                          if record["final"] and record["id"] != link_id and link_id in dominators[record["id"]]}
                self.assertEqual(set(bottlenecks.dominated_finals(data, condensation, link_id)), wanted)
                some += bool(wanted)
        self.assertGreater(some, 100)

    def test_blocked_by_what_stays_producible(self):
        for seed in range(0, 300, 5):
            data = random_data(seed)
            # An abstract link cannot be missing; made an industry it can.
            solid = dict(data, links=[dict(record, abstract=False) for record in data["links"]])
            for record in data["links"]:
                present = {other["id"]: other is not record for other in data["links"]}
                left = gaps.producible_links(solid, present)
                wanted = {other["id"] for other in data["links"] if other["final"] and other["id"] not in left}
                self.assertEqual(set(bottlenecks.blocked_finals(data, record["id"])), wanted - {record["id"]})

    def test_articulation_by_neighbours_parted(self):
        seen = set()
        for seed in range(0, 300, 5):
            data = random_data(seed)
            pairs = bottlenecks.supply_pairs(data)
            both_ways = bottlenecks.followers(bottlenecks.link_ids(data), pairs | {pair[::-1] for pair in pairs})
            for link_id in bottlenecks.link_ids(data):
                neighbours = both_ways[link_id]
                parted = any(not neighbours <= bottlenecks.reached([one], both_ways, without=link_id)
                             for one in neighbours)
                self.assertEqual(bottlenecks.is_articulation(data, link_id), parted)
                seen.add(parted)
        self.assertEqual(seen, {True, False})

    def test_betweenness_by_writing_paths_out(self):
        for data in small_data():
            links, pairs = bottlenecks.link_ids(data), bottlenecks.supply_pairs(data)
            following = bottlenecks.followers(links, pairs)
            wanted = dict.fromkeys(links, Fraction(0))
            for source, target in itertools.permutations(links, 2):
                found = [(source,)]
                while found and not any(walk[-1] == target for walk in found):
                    found = [walk + (there,) for walk in found for there in following[walk[-1]] if there not in walk]
                found = [walk for walk in found if walk[-1] == target]
                for link_id in set(links) - {source, target}:
                    if found:
                        wanted[link_id] += Fraction(sum(link_id in walk for walk in found), len(found))
            for link_id, value in bottlenecks.betweenness(data).items():
                self.assertAlmostEqual(value, float(wanted[link_id]), places=12)

    def test_sets_by_the_plain_fixpoints(self):
        most = {"unlock": 0, "cut": 0}
        for data in small_data():
            present = bottlenecks.presence(data)
            for record in data["links"]:
                target = record["id"]
                unlock = sets.Answer(data, "unlock", target, present)
                cut = sets.Answer(data, "cut", target, present)
                self.assertEqual(unlock.sets, self.minimal(
                    [link_id for link_id in sorted(present, key=gaps.byte_order) if not present[link_id]],
                    lambda come: target in gaps.producible_links(data, {**present, **dict.fromkeys(come, True)})))
                if len(present) <= 8:
                    self.assertEqual(cut.sets, self.minimal(
                        sorted(present, key=gaps.byte_order), lambda failed: target in bottlenecks.fails(data, failed)))
                most["unlock"] = max(most["unlock"], len(unlock.sets))
                most["cut"] = max(most["cut"], len(cut.sets))
                self.check_hitting(unlock)
                self.check_importance(unlock)
                self.check_importance(cut)
        self.assertGreater(most["unlock"], 2)
        self.assertGreater(most["cut"], 5)

    def minimal(self, candidates, solves):
        """Sets that solve, and no longer do without any one of their links."""
        every = [list(some) for size in range(len(candidates) + 1) for some in itertools.combinations(candidates, size)]
        solving = {tuple(some) for some in every if solves(some)}
        return sets.in_order([list(some) for some in solving
                              if not any(tuple(other for other in some if other != one) in solving for one in some)])

    def check_hitting(self, unlock):
        """What keeps the target unproducible is just what meets every unlock set."""
        places = range(len(unlock.targets.candidates))
        hitting = {subset for subset in range(unlock.targets.everything + 1) if all(subset & mask for mask in unlock.masks)}
        minimal = {subset for subset in hitting
                   if not any(subset >> place & 1 and subset & ~(1 << place) in hitting for place in places)}
        self.assertEqual(set(unlock.failure_sets), minimal)

    def check_importance(self, some):
        """Birnbaum by inclusion and exclusion of the minimal failure sets, with one link sure to fail or to work."""
        if len(some.failure_sets) > 8:
            return
        chance = Fraction(1, 100)

        def falls(given, state):
            total = Fraction(0)
            for size in range(1, len(some.failure_sets) + 1):
                for family in itertools.combinations(some.failure_sets, size):
                    union = 0
                    for subset in family:
                        union |= subset
                    if union & given and not state:
                        continue
                    total -= (-1) ** size * chance ** bin(union & ~given).count("1")
            return total

        rows = {row["link"]: row for row in some.importance}
        for link_id in some.targets.candidates:
            bit = some.targets.bit[link_id]
            wanted = falls(bit, True) - falls(bit, False)
            self.assertAlmostEqual(rows[link_id]["birnbaum"] if link_id in rows else 0, float(wanted), places=14)
            self.assertEqual(link_id in rows, wanted > 0)

    def test_single_cuts_are_what_blocks(self):
        for seed in range(0, 60, 3):
            data = random_data(seed, 9)
            cuts = {record["id"]: sets.Answer(data, "cut", record["id"], {}).sets for record in data["links"]}
            for record in data["links"]:
                blocked = set(bottlenecks.blocked_finals(data, record["id"]))
                if not record["abstract"]:
                    self.assertEqual(blocked, {other["id"] for other in data["links"] if other["final"]
                                               and [record["id"]] in cuts[other["id"]]} - {record["id"]})

    def test_least_for_chain_by_trying_everything(self):
        sizes = set()
        for data in small_data():
            present = bottlenecks.presence(data)
            rng = random.Random(len(data["links"]))
            cost = {record["id"]: rng.randint(1, 3) for record in data["links"]}
            missing = sorted((link_id for link_id in present if not present[link_id]), key=gaps.byte_order)
            for chain in data["chains"]:
                finals = set(sets.finals_of(data, chain["id"]))
                fitting = [list(some) for size in range(len(missing) + 1) for some in itertools.combinations(missing, size)
                           if finals <= gaps.producible_links(data, {**present, **dict.fromkeys(some, True)})]
                least = min(fitting, key=lambda some: (len(some), sum(cost[one] for one in some),
                                                       [gaps.byte_order(one) for one in some]))
                self.assertEqual(sets.least_for_chain(data, present, chain["id"], cost)[0], least)
                sizes.add(len(least))
        self.assertGreater(len(sizes), 3)


class RandomDatasets(unittest.TestCase):
    def test_alternatives_give_many_ways_and_all_kinds_of_inputs(self):
        counts, features = set(), set()
        for seed in range(100):
            data = random_data(seed, 13, alternatives=True)
            present = bottlenecks.presence(data)
            condensation = bottlenecks.Condensation(data)
            if any(len(component) > 1 for component in condensation.components):
                features.add("cycle")
            for record in data["links"]:
                counts.add(len(sets.Answer(data, "unlock", record["id"], present).sets))
                features.add("abstract" if record["abstract"] else "link")
                for k, members in gaps.required_groups(data, record["id"]):
                    features.add("k of n" if 1 < k < len(members) else "alternatives" if len(members) > k else "all")
            features |= {edge["need"] for edge in data["supply"]}
        self.assertEqual(features, {"cycle", "abstract", "link", "k of n", "alternatives", "all", "required", "optional"})
        self.assertTrue({1, 2, 3, 4, 5, 6} <= counts, counts)

    def test_figures_tell_datasets_apart(self):
        seen = {field: set() for field in ("path_share", "dominated_finals", "blocked_finals", "betweenness", "hhi")}
        for seed in range(0, 300, 10):
            for row in bottlenecks.every_row(random_data(seed)).values():
                for field, values in seen.items():
                    values.add(row[field])
        self.assertGreater(min(map(len, seen.values())), 4, {field: len(values) for field, values in seen.items()})


class Comparing(unittest.TestCase):
    def differ(self, expected, got):
        return compare_bottlenecks.row_differences(expected, got)

    def test_order_of_rows(self):
        data = dataset_of(["b", "a", "c", "d"], line("cd"), "abd")
        rows = bottlenecks.analyse(data)["rows"]
        self.assertEqual([row["link"] for row in rows], ["c", "d", "a", "b"])
        self.assertEqual(self.differ(rows, rows), [])
        for order in ((1, 0, 2, 3), (0, 1, 3, 2)):
            self.assertEqual(len(self.differ(rows, [rows[place] for place in order])), 1, order)
        self.assertTrue(self.differ(rows, rows[:3]))
        self.assertTrue(self.differ(rows, rows + rows[:1]))

    def test_what_rounding_may_turn_may_stand_either_way(self):
        # Both .5 by different sums; no program need see them as equal, nor as different.
        rows = bottlenecks.analyse(dataset_of("ab", [], "", [local("f"), local("g"), local("h")], [
            can("f", "a", .1), can("g", "a", .2), can("h", "b", .2), can("f", "b", .1)]))["rows"]
        self.assertEqual(self.differ(rows, rows[::-1]), [])

    def test_sets(self):
        some = [["a"], ["b", "c"]]
        self.assertEqual(compare_sets.set_differences(some, some), [])
        for wrong in (some[:1], some[::-1], some + [["d"]], some + some[1:], [["a"], ["c", "b"]]):
            self.assertTrue(compare_sets.set_differences(some, wrong), wrong)

    def test_importance(self):
        rows = answer("cut", "abcx", one_of("abc", "x"), "x").importance
        self.assertEqual(compare_sets.importance_differences(rows, rows), [])
        swapped = [rows[place] for place in (0, 2, 1, 3)]
        self.assertEqual(len(compare_sets.importance_differences(rows, swapped)), 1)
        # small figures are held to the same number of digits
        self.assertLess(rows[1]["birnbaum"], 1e-4)
        near = [rows[0]] + [dict(row, birnbaum=row["birnbaum"] * (1 + 1e-6)) for row in rows[1:]]
        self.assertEqual(len(compare_sets.importance_differences(rows, near)), 3)
        self.assertTrue(compare_sets.importance_differences(rows, rows[:3]))

    def test_infinity_is_no_number(self):
        with self.assertRaises(compare_gaps.Failure):
            compare_seeds.parse(b'{"rows": [NaN]}')


if __name__ == "__main__":
    unittest.main()
