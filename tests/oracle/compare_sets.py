#!/usr/bin/env python3
"""Hold `liantu unlock` and `liantu cut` against the slow method on seeded random datasets; prints TAP.

    compare_sets.py LIANTU [--seeds A B]

Each seed, on a small dataset as they come and on one with many alternatives: the sets,
counts and importances of every link with few enough links to try; for one of them also
--max-size, --limit, another failure chance, and the same bytes from a copy with its
records in another order, under another locale.
"""

import math
import os
import random
import tempfile

import compare_gaps
import compare_seeds
import gaps
import sets

MOST_CANDIDATES = 9
CHANCES = (.001, .05, .2, .5, .9)
# Without --limit this many sets are written out at least; more may be.
SETS_WRITTEN = 1000
# Importances may be small: a tolerance of 1e-9 would take 0 for the chance that three links fail at .001.
TOLERANCE, FLOOR = 1e-9, 1e-13
FIGURES = ("birnbaum", "fussell_vesely")


def set_differences(expected, got):
    """Sets by what is in them, then their order."""
    def keys(some):
        return {tuple(one) for one in some}

    found = ["sets: %r is missing" % (list(one),) for one in sorted(keys(expected) - keys(got))]
    found += ["sets: %r is none" % (list(one),) for one in sorted(keys(got) - keys(expected))]
    if not found and expected != got:
        found.append("sets: not by size and then by ids in byte order, or one of them twice")
    return found


def importance_differences(expected, got):
    expected_of = {row["link"]: row for row in expected}
    got_of = {row["link"]: row for row in got}
    if expected_of.keys() != got_of.keys() or len(got) != len(got_of):
        return ["importance: expected the links %r, got %r" % (list(expected_of), [row["link"] for row in got])]
    found = []
    for link, row in expected_of.items():
        if set(got_of[link]) != set(row):
            found.append("importance of %r: fields %r" % (link, sorted(got_of[link])))
            continue
        for figure in FIGURES:
            if not math.isclose(row[figure], got_of[link][figure], rel_tol=TOLERANCE, abs_tol=FLOOR):
                found.append("importance of %r: %s: expected %r, got %r"
                             % (link, figure, row[figure], got_of[link][figure]))
    hang = {link: row["birnbaum"] for link, row in expected_of.items()}
    told = {link: row["birnbaum"] for link, row in got_of.items()}
    return found + compare_seeds.order_differences("importance", [row["link"] for row in got], hang,
                                                   lambda above, below: told[above] == told[below])


def compare(what, command, data, output, expected):
    answer = compare_seeds.parse(output)
    found = compare_seeds.head_differences(answer, command, data)
    rows = answer.get("rows", [])
    if len(rows) != 1:
        return ["%s: %s" % (what, line) for line in found + ["%d rows" % len(rows)]]
    got = dict(rows[0])
    if "sets" not in got and expected["count"] > SETS_WRITTEN:
        expected = {key: value for key, value in expected.items() if key != "sets"}
    # Past a limit the row also says how far it is complete and which limit it was.
    rest = [{key: value for key, value in row.items() if key not in ("sets", "importance", "complete_to", "limit")}
            for row in (expected, got)]
    if not got.get("exact", True) and not ("complete_to" in got and "limit" in got):
        found.append("row: not exact, and how far it is complete is not said")
    found += compare_gaps.differences("row", *rest)
    for key, differences in (("sets", set_differences), ("importance", importance_differences)):
        if (key in expected) != (key in got):
            found.append("row: %s is %s" % (key, "missing" if key in expected else "here, past --limit"))
        elif key in expected:
            found += differences(expected[key], got[key])
    return ["%s: %s" % (what, line) for line in found]


class Comparison(compare_seeds.Seeded):
    """One dataset, and what was found wrong on it."""

    def run(self, command, target, *options, before=(), folder=None, locale="C"):
        return compare_gaps.run(self.liantu, folder or self.plain, *before, command, target, *options,
                                "--format", "json", locale=locale)

    def compare(self, what, command, output, expected):
        self.found += compare("%s: %s" % (self.note, what), command, self.data, output, expected)

    def check(self, command, target):
        answer = sets.Answer(self.data, command, target, self.present)
        self.compare("%s %s" % (command, target), command, self.run(command, target), answer.row())
        return answer

    def check_limits(self, rng, command, answer):
        target, count = answer.target, len(answer.sets)
        largest = max(map(len, answer.sets), default=0)
        for size in sorted({1, rng.randint(1, largest + 1), largest + 1}):
            self.compare("%s %s --max-size %d" % (command, target, size), command,
                         self.run(command, target, "--max-size", str(size)), answer.row(max_size=size))
        for limit in (count - 1, count):
            if limit > 0:
                self.compare("%s %s --limit %d" % (command, target, limit), command,
                             self.run(command, target, "--limit", str(limit)), answer.row(limit=limit))

    def check_chance(self, rng, command, target):
        chance = rng.choice(CHANCES)
        policy_file = os.path.join(self.folder, "policy.json")
        compare_seeds.write_policy(policy_file, sets={"failure_chance": chance})
        answer = sets.Answer(self.data, command, target, self.present, chance)
        self.compare("%s %s at chance %g" % (command, target, chance), command,
                     self.run(command, target, before=("--policy", policy_file)), answer.row())

    def check_bytes(self, command, target):
        shuffled = self.run(command, target, folder=self.shuffled, locale="C.UTF-8")
        if shuffled != self.run(command, target):
            self.found.append("%s: %s %s: other bytes when the records stand in another order (--order 1)"
                              % (self.note, command, target))

    def check_all(self, rng):
        targets = sorted((link["id"] for link in self.data["links"]), key=gaps.byte_order)
        targets = [target for target in targets
                   if len(sets.cut_candidates(self.data, [target])) <= MOST_CANDIDATES]
        for command in ("unlock", "cut"):
            answers = [self.check(command, target) for target in targets]
            if not answers:
                continue
            # Limits say most where there is most to limit.
            answer = max(answers, key=lambda answer: len(answer.sets))
            self.check_limits(rng, command, answer)
            self.check_chance(rng, command, answer.target)
            self.check_bytes(command, rng.choice(targets))
        return self.found


def check_seed(liantu, seed):
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="liantu-oracle-") as folder:
        plain = Comparison(liantu, seed, os.path.join(folder, "plain"), rng.randint(5, 15), False)
        found = plain.check_all(rng)
        alternatives = Comparison(liantu, seed, os.path.join(folder, "alternatives"), rng.randint(6, 17), True)
        return found + alternatives.check_all(rng)


if __name__ == "__main__":
    compare_seeds.main(__doc__, check_seed)
