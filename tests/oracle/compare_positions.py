#!/usr/bin/env python3
"""Hold `liantu position` against the slow method on seeded random datasets; prints TAP.

    compare_positions.py LIANTU [--seeds A B]

Each seed (`random_dataset.py SEED DIR --rich`): what zones hold, which gaps they fit and
with whom they overlap agree; every other seed for one zone too, every third under another
policy, and of every tenth a copy with its records in another order, under another locale,
gives the same bytes. One more dataset is the kept one. Places of gaps are those that
`liantu targets` gives; compare_targets.py holds them against the slow method.
"""

import json
import os
import random
import tempfile

import compare_gaps
import compare_seeds
import compare_targets
import gaps
import positions
import random_dataset

EVERY_GAP = ("--top", "1000000")
FIELDS = {"holds": ("link", "producers", "supply"), "gaps": ("link", "fit", "rank"), "overlaps": ("link", "zones")}


def id_of(value):
    """Names of links and zones may stand as their id or as an object that has it."""
    return value.get("id") if isinstance(value, dict) else value


def as_expected(row):
    """The fields that are compared, and no others."""
    kept = {"zone": id_of(row.get("zone"))}
    for part, fields in FIELDS.items():
        if part not in row:
            continue
        kept[part] = [{field: one[field] for field in fields if field in one} for one in row[part]]
        for one in kept[part]:
            one["link"] = id_of(one.get("link"))
            if "zones" in one:
                one["zones"] = [id_of(zone) for zone in one["zones"]]
    # What a zone holds may stand in any order.
    if "holds" in kept:
        kept["holds"].sort(key=lambda one: gaps.byte_order(str(one["link"])))
    return kept


def compare(data, answer, expected):
    found = compare_seeds.head_differences(answer, "position", data)
    rows = [as_expected(row) for row in answer.get("rows", [])]
    got_of = {row["zone"]: row for row in rows}
    for row in expected:
        if row["zone"] in got_of:
            found += compare_gaps.differences("zone %r" % row["zone"], row, got_of[row["zone"]])
        else:
            found.append("zone %r is missing" % row["zone"])
    if not found and [row["zone"] for row in rows] != [row["zone"] for row in expected]:
        found.append("rows: not in byte order of the zone id, or a zone too many")
    return found


class Comparison(compare_seeds.Comparison):
    def check(self, zone=None, policy=None, policy_file=None):
        """All zones, and one by itself; the bytes of all."""
        before = ("--policy", policy_file) if policy else ()
        note = "--policy %s" % json.dumps(policy) if policy else ""
        listed = compare_seeds.parse(self.run("targets", before=before))["rows"]
        expected = positions.analyse(self.data, policy, listed)["rows"]
        output = self.run("position", *EVERY_GAP, before=before)
        self.note(note, compare(self.data, compare_seeds.parse(output), expected))
        if zone is not None:
            answer = compare_seeds.parse(self.run("position", "--zone", zone, *EVERY_GAP, before=before))
            self.note(("%s --zone %s" % (note, zone)).strip(),
                      compare(self.data, answer, [row for row in expected if row["zone"] == zone]))
        return output


def check_seed(liantu, seed):
    rng = random.Random("positions %d" % seed)
    with tempfile.TemporaryDirectory(prefix="liantu-oracle-") as folder:
        plain, shuffled = os.path.join(folder, "plain"), os.path.join(folder, "shuffled")
        random_dataset.make(seed, plain, rich=True)
        comparison = Comparison(liantu, plain)
        zone = rng.choice(comparison.data["zones"])["id"] if seed % 2 == 0 else None
        output = comparison.check(zone)
        if seed % 3 == 0:
            policy, policy_file = compare_targets.random_policy(rng), os.path.join(folder, "policy.json")
            compare_seeds.write_policy(policy_file, **policy)
            comparison.check(zone, policy, policy_file)
        if seed % 10 == 0:
            random_dataset.make(seed, shuffled, order=1, rich=True)
            if comparison.run("position", *EVERY_GAP, folder=shuffled, locale="C.UTF-8") != output:
                comparison.found.append("other bytes when the records stand in another order (--order 1)")
        return comparison.found


def check_kept(liantu):
    comparison = Comparison(liantu, compare_targets.KEPT)
    comparison.check(comparison.data["zones"][0]["id"])
    return comparison.found


if __name__ == "__main__":
    compare_seeds.main(__doc__, check_seed, [("the kept dataset", check_kept)])
