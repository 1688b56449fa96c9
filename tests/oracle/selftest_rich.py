#!/usr/bin/env python3
"""The rich random datasets, a second way to figures of the slow targeting list on them, and what the comparison sees."""

import copy
import random
import tempfile
import unittest

import bottlenecks
import compare_targets
import dataset
import gaps
import random_dataset
import targets
from selftest import link
from selftest_targets import CRITERIA, dataset_of


def rich_data(seed, **options):
    with tempfile.TemporaryDirectory(prefix="liantu-oracle-") as folder:
        random_dataset.make(seed, folder, rich=True, **options)
        return dataset.read(folder)


class RandomDatasets(unittest.TestCase):
    def test_other_datasets_than_without(self):
        for seed in (0, 9):
            self.assertNotEqual(random_dataset.Builder(seed, 8).build(), random_dataset.Builder(seed, 8, rich=True).build())

    def test_every_criterion_takes_every_sort_of_value(self):
        found = {name: {"listed": set(), "unknown": set()} for name in CRITERIA}
        statuses, counts = set(), set()
        for seed in range(0, 120, 2):
            data = rich_data(seed)
            facts = targets.Facts(data)
            answer = targets.analyse(data, facts=facts)
            for sort, rows in (("listed", answer["rows"]), ("unknown", answer["summary"]["unknown"])):
                for row in rows:
                    statuses.add(row["status"])
                    counts.add(facts.of(row["link"])["unlocked"])
                    for name, figure in row["criteria"].items():
                        self.assertTrue(0 <= figure <= 1, (name, figure))
                        found[name][sort].add(figure if figure in (0, 1) else .5)
        self.assertEqual(statuses, {"missing", "pipeline", "weak", "single", "unknown"})
        self.assertTrue({0, 1, 2, 3, 4} <= counts, counts)
        for name, figures in found.items():
            # no policy gives 0 by default, and what is unknown has no supply; few unknown links stop all finals
            listed = {.5, 1} if name == "policy" else {0, .5, 1}
            self.assertEqual(figures["listed"], listed, name)
            self.assertTrue(figures["unknown"] >= {.5}, name)

    def test_made_of_every_sort(self):
        features = set()
        for seed in range(0, 60, 3):
            data = rich_data(seed)
            links = gaps.by_id(data["links"])
            chains, zones = gaps.by_id(data["chains"]), gaps.by_id(data["zones"])
            for kind in ("focus", "prospect", "origin"):
                for edge in data[kind]:
                    aim = "chain" if edge["to"] in chains else "junction" if links[edge["to"]]["abstract"] else "link"
                    features |= {(kind, aim), (kind, edge.get("role"))}
            features |= {("lead", edge.get("role")) for edge in data["lead"]}
            features |= {("zone in", "zone" if zone.get("parent") in zones else "region" if "parent" in zone else None)
                         for zone in data["zones"]}
            for one in data["links"]:
                features.add(("favour", one["choke"], one["priority"]))
                features |= {"also"} if one["also"] else set()
                features |= {"own consumer"} if one["id"] in gaps.consumers(data, one["id"]) else set()
                for k, members in gaps.required_groups(data, one["id"]):
                    features.add("k of n" if 1 < k < len(members) else "alternatives" if len(members) > k else "all")
            features.add("research") if any(edge["role"] == "research" for edge in data["capability"]) else None
        wanted = {(kind, aim) for kind in ("focus", "prospect", "origin") for aim in ("chain", "junction", "link")}
        wanted |= {("prospect", role) for role in ("produce", "research", "customer", "association", None)}
        wanted |= {("lead", role) for role in ("leader", "unit", "alliance")}
        wanted |= {("zone in", place) for place in ("zone", "region", None)}
        wanted |= {("favour", choke, priority) for choke in (False, True) for priority in (False, True)}
        wanted |= {"also", "own consumer", "k of n", "alternatives", "all", "research"}
        self.assertEqual(wanted - features, set())

    def test_unlocked_by_adding_a_firm(self):
        """The same count by a dataset that has one firm more."""
        for seed in range(3, 120, 20):
            data = rich_data(seed, links=20)
            before = {row["link"] for row in gaps.analyse(data)["rows"] if row["producible"]}
            facts = targets.Facts(data)
            for one in data["links"]:
                if one["abstract"]:
                    continue
                more = copy.deepcopy(data)
                more["firms"].append({"id": "one more", "region": data["dataset"]["home"], "basis": "stated", "source": []})
                more["capability"].append({"from": "one more", "to": one["id"], "level": 1, "role": "produce",
                                           "basis": "stated", "source": []})
                after = {row["link"] for row in gaps.analyse(more)["rows"] if row["producible"]}
                self.assertEqual(facts.of(one["id"])["unlocked"], len(after - before), (seed, one["id"]))

    def test_leverage_is_the_bottleneck_figure(self):
        for seed in range(5, 120, 20):
            data = rich_data(seed)
            rows = bottlenecks.every_row(data)
            for row in targets.analyse(data)["rows"]:
                self.assertEqual(row["criteria"]["leverage"], rows[row["link"]]["blocked_weight"], (seed, row["link"]))

    def test_pull_with_junctions_taken_out(self):
        """The same share by a dataset whose junctions were replaced by edges, one after another."""
        for seed in range(7, 120, 20):
            data = rich_data(seed)
            facts = targets.Facts(data)
            pairs = {(edge["from"], edge["to"]) for edge in data["supply"]}
            for one in data["links"]:
                if one["abstract"]:
                    into = {a for a, b in pairs if b == one["id"]}
                    out = {b for a, b in pairs if a == one["id"]}
                    pairs = {pair for pair in pairs if one["id"] not in pair} | {(a, b) for a in into for b in out}
            for one in data["links"]:
                if not one["abstract"]:
                    consumers = [b for a, b in pairs if a == one["id"]]
                    fact = facts.of(one["id"])
                    self.assertEqual((fact["consumers"], fact["consumers_present"]),
                                     (len(consumers), sum(facts.present[id] for id in consumers)), (seed, one["id"]))

    def test_policies(self):
        rng = random.Random(1)
        for _ in range(50):
            policy = compare_targets.random_policy(rng)
            self.assertGreater(sum(policy["target_weights"].values()), 0)
            values = policy["target"]
            self.assertTrue(values["zone_on_link"] >= values["zone_on_segment"] >= values["zone_on_chain"])
            self.assertLessEqual(set(values), set(targets.POLICY["target"]))


class Comparing(unittest.TestCase):
    def setUp(self):
        self.data = dataset_of([link("x", importance=1), link("y"), link("a"), link("b"),
                                link("u", survey="none"), link("v", survey="none", importance=0)])
        self.expected = targets.analyse(self.data)
        head = {"id": "t", "as_of": "2022-12-07", "sha256": 64 * "0"}
        self.answer = copy.deepcopy({"liantu": "1", "command": "targets", "dataset": head, "policy_sha256": "",
                                     **self.expected})
        for row in self.rows() + self.unknown():
            row["score"] = targets.as_written(row["score"])

    def rows(self):
        return self.answer["rows"]

    def unknown(self):
        return self.answer["summary"]["unknown"]

    def found(self, whole=None):
        return compare_targets.compare(self.data, self.answer, self.expected, whole)

    def test_the_same(self):
        self.assertEqual([row["link"] for row in self.rows()], ["x", "a", "b", "y"])
        self.assertEqual(self.found(), [])
        # more than the contract asks, and no more than it asks of the unknown
        self.rows()[0]["reasons"] = []
        for row in self.unknown():
            for field in ("rank", "rank_overall", "action", "status", "name", "chain"):
                del row[field]
        for row in self.rows():
            del row["rank_overall"]
        self.assertEqual(self.found(), [])

    def differ(self, change):
        self.setUp()
        change()
        return self.assertTrue(self.found())

    def test_wrong_figures(self):
        for rows in (self.rows, self.unknown):
            self.differ(lambda: rows()[0].update(score=rows()[0]["score"] + 1e-6))
            self.differ(lambda: rows()[0]["criteria"].update(pull=.25))
            self.differ(lambda: rows()[0]["criteria"].pop("push"))
            self.differ(lambda: rows()[0]["criteria"].update(more=1))
            self.differ(lambda: rows()[0].update(status="weak"))
            self.differ(lambda: rows()[0].update(action="keep"))
            self.differ(lambda: rows()[0].update(rank=2))
            self.differ(lambda: rows().pop())
            self.differ(lambda: rows().append(dict(rows()[0])))
            self.differ(lambda: rows().reverse())
        self.differ(lambda: self.rows()[0].pop("rank"))
        self.differ(lambda: self.answer.pop("summary"))

    def test_wrong_order_of_a_tie(self):
        def swap():
            self.rows()[1], self.rows()[2] = {**self.rows()[2], "rank": 2, "rank_overall": 2}, {
                **self.rows()[1], "rank": 3, "rank_overall": 3}
        self.differ(swap)

    def test_places_in_the_whole_list(self):
        whole = copy.deepcopy(self.answer)
        self.expected["rows"] = self.expected["rows"][1:]
        del self.rows()[0]
        for place, row in enumerate(self.rows(), 1):
            row["rank"] = place
        self.assertEqual(self.found(whole), [])
        self.rows()[0]["rank_overall"] = 1
        self.assertEqual(len(self.found(whole)), 1)
        del self.rows()[0]["rank_overall"]
        self.assertEqual(len(self.found(whole)), 1)


if __name__ == "__main__":
    unittest.main()
