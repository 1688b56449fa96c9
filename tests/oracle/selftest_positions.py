#!/usr/bin/env python3
"""Worked cases for the slow zone positions: each answer here was worked out by hand."""

import copy
import unittest

import compare_positions
import positions
from selftest import can, link, local
from selftest_targets import dataset_of, edges, place


class Positions(unittest.TestCase):
    zones = [place("county"), place("park", parent="county"), place("corner", parent="park"), place("other"),
             place("far off", parent="home")]

    def rows(self, links, policy=None, **kinds):
        data = dataset_of(links, zones=[dict(zone) for zone in self.zones], **kinds)
        return {row.pop("zone"): row for row in positions.analyse(data, policy)["rows"]}

    def test_below(self):
        data = dataset_of([], zones=self.zones)
        self.assertEqual(positions.zones_below(data, "county"), {"county", "park", "corner"})
        self.assertEqual(positions.zones_below(data, "corner"), {"corner"})
        self.assertEqual(positions.zones_below(data, "far off"), {"far off"})

    def test_holds(self):
        rows = self.rows(
            ["a", "b", link("j", abstract=True)],
            firms=[place("f", zone="corner"), place("g", zone="county"), local("h"), place("n", zone="other")],
            projects=[place("p", zone="park", stage="operating"), place("q", zone="park", stage="building")],
            institutions=[place("i", zone="county")],
            capability=[can("f", "a", .5), can("f", "a", .25, role="service"), can("g", "a", .125), can("h", "a"),
                        can("p", "b"), can("q", "b"), can("i", "b"), can("n", "a", role="research"), can("n", "j")])
        # a: f with .5 + .25 in the corner, g with .125 in the county; h has no zone. b: p alone, for q only builds
        self.assertEqual(rows["county"]["holds"], [{"link": "a", "producers": 2, "supply": .875},
                                                   {"link": "b", "producers": 1, "supply": 1}])
        self.assertEqual(rows["park"]["holds"], [{"link": "a", "producers": 1, "supply": .75},
                                                 {"link": "b", "producers": 1, "supply": 1}])
        self.assertEqual(rows["corner"]["holds"], [{"link": "a", "producers": 1, "supply": .75}])
        self.assertEqual((rows["other"]["holds"], rows["far off"]["holds"]), ([], []))

    def test_gaps(self):
        links = [link("x", segment="up", importance=1), link("y", segment="up"), link("w", segment="down", importance=.75),
                 link("u", segment="up", survey="none"), link("enough", segment="up", demand=0)]
        rows = self.rows(links, focus=edges(("park", "y"), ("other", "c"), ("corner", "u")))
        # ranks: x, w, y by importance, but y has zone fit 1 (3·.5 + 1) and x .6 (3·1 + .6), w .3 (3·.75 + .3)
        places = {"x": 1, "w": 2, "y": 3}
        of_park = [("y", 1), ("x", .6)]
        self.assertEqual(rows["park"]["gaps"], [{"link": id, "fit": fit, "rank": places[id]} for id, fit in of_park])
        self.assertEqual(rows["county"]["gaps"], rows["park"]["gaps"])
        self.assertEqual([(gap["link"], gap["fit"]) for gap in rows["corner"]["gaps"]], [("x", .6), ("y", .6)])
        self.assertEqual([(gap["link"], gap["fit"]) for gap in rows["other"]["gaps"]], [("x", .3), ("w", .3), ("y", .3)])
        self.assertEqual(rows["far off"]["gaps"], [])

    def test_fit_of_nothing_is_no_gap(self):
        rows = self.rows(["x"], {"target": {"zone_on_chain": 0}}, focus=edges(("park", "c")))
        self.assertEqual(rows["park"]["gaps"], [])

    def test_overlaps(self):
        rows = self.rows(["x", "y", "w"], focus=edges(("corner", "x"), ("other", "x"), ("county", "x"), ("other", "y"),
                                                      ("county", "w"), ("corner", "w"), ("county", "c"), ("other", "c")))
        # the county and its corner are one place, for the park between them too; w has no rival, y no other claim
        self.assertEqual(rows["county"]["overlaps"], [{"link": "x", "zones": ["other"]}])
        self.assertEqual(rows["park"]["overlaps"], [{"link": "x", "zones": ["other"]}])
        self.assertEqual(rows["corner"]["overlaps"], [{"link": "x", "zones": ["other"]}])
        self.assertEqual(rows["other"]["overlaps"], [{"link": "x", "zones": ["corner", "county"]}])
        self.assertEqual(rows["far off"]["overlaps"], [])


class Comparing(unittest.TestCase):
    def test_positions(self):
        data = dataset_of(["x", "y"], firms=[place("f", zone="z")], capability=[can("f", "y")],
                          zones=[place("z"), place("w")], focus=edges(("z", "x"), ("w", "x")))
        expected = positions.analyse(data)["rows"]
        answer = {"liantu": "1", "command": "position", "policy_sha256": "",
                  "dataset": {"id": "t", "as_of": "2022-12-07", "sha256": 64 * "0"}, "rows": copy.deepcopy(expected)}
        self.assertEqual(compare_positions.compare(data, answer, expected), [])
        # ids as objects, and more than is compared
        row = answer["rows"][0]
        row["zone"] = {"id": row["zone"], "name": "W"}
        row["overlaps"][0]["zones"] = [{"id": "z"}]
        row["gaps"][0]["scope"] = "link"
        self.assertEqual(compare_positions.compare(data, answer, expected), [])
        for part in ("holds", "gaps", "overlaps"):
            wrong = copy.deepcopy(answer)
            del wrong["rows"][1][part]
            self.assertEqual(len(compare_positions.compare(data, wrong, expected)), 1)
        answer["rows"].reverse()
        self.assertEqual(len(compare_positions.compare(data, answer, expected)), 1)
        self.assertTrue(compare_positions.compare(data, {**answer, "rows": answer["rows"][:1]}, expected))


if __name__ == "__main__":
    unittest.main()
