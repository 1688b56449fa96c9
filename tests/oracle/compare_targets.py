#!/usr/bin/env python3
"""Hold `liantu targets` against the slow method on seeded random datasets; prints TAP.

    compare_targets.py LIANTU [--seeds A B]

Each seed (`random_dataset.py SEED DIR --rich`): the list and the links that nobody has
surveyed agree in every figure and stand in order; every other seed under another policy
too, every third for one chain too; of every tenth a copy with its records in another
order, under another locale, gives the same bytes. One more dataset is the kept one.
"""

import json
import os
import random
import tempfile

import compare_gaps
import compare_seeds
import gaps
import random_dataset
import targets

KEPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "xinxiang-542")

# What a row must have, and what is right where it has it; places are looked at by themselves, fields beyond not at all.
FIELDS = ("link", "name", "chain", "action", "status", "score", "criteria")
UNKNOWN_FIELDS = ("link", "score", "criteria")


# Rows

def row_differences(what, expected, got, must):
    """Rows by link whatever their order, then their order."""
    expected_of = {row["link"]: row for row in expected}
    got_of = {row.get("link"): row for row in got}
    found = ["%s: %r is missing" % (what, link) for link in sorted(expected_of.keys() - got_of.keys())]
    found += ["%s: %r has no place here" % (what, link) for link in sorted(got_of.keys() - expected_of.keys(), key=str)]
    found += ["%s: a link twice" % what] * (len(got) > len(got_of))
    for link in sorted(expected_of.keys() & got_of.keys()):
        wanted, row = expected_of[link], got_of[link]
        found += compare_gaps.differences("%s %r" % (what, link),
                                          {field: wanted[field] for field in FIELDS if field in must or field in row},
                                          {field: row[field] for field in FIELDS if field in row})
    return found or order_differences(what, expected_of, got)


def order_differences(what, expected_of, got):
    """The order of the scores as the program wrote them, exactly; that of the slow method's, as far as it is certain."""
    def same_criteria(above, below):
        return expected_of[above]["criteria"] == expected_of[below]["criteria"]

    links = [row["link"] for row in got]
    written = [row["link"] for row in sorted(got, key=lambda row: (-row["score"], gaps.byte_order(row["link"])))]
    found = ["%s: %r stands where the scores as written, and then the ids, want %r" % (what, here, wanted)
             for here, wanted in zip(links, written) if here != wanted]
    return found or compare_seeds.order_differences(
        what, links, {link: row["score"] for link, row in expected_of.items()}, same_criteria)


def rank_differences(what, rows, place_of, must):
    """`rank` counts from 1 whatever was selected; `rank_overall` is the place in the whole list."""
    found = []
    for place, row in enumerate(rows, 1):
        for field, figure in (("rank", place), ("rank_overall", place_of.get(row["link"]))):
            if (field in must or field in row) and row.get(field) != figure:
                found.append("%s: %r at place %d: %s is %r, not %r"
                             % (what, row["link"], place, field, row.get(field), figure))
    return found


def places(rows):
    return {row["link"]: place for place, row in enumerate(rows, 1)}


def unknown_rows(answer):
    return answer.get("summary", {}).get("unknown", [])


def compare(data, answer, expected, whole=None):
    """An answer against what is expected; `whole` is the program's answer for all chains where this one is for one."""
    found = compare_seeds.head_differences(answer, "targets", data)
    rows, unknown = answer.get("rows", []), unknown_rows(answer)
    must = ("rank", "rank_overall") if whole else ("rank",)
    whole = whole or answer
    found += (row_differences("rows", expected["rows"], rows, FIELDS)
              or rank_differences("rows", rows, places(whole["rows"]), must))
    found += (row_differences("unknown", expected["summary"]["unknown"], unknown, UNKNOWN_FIELDS)
              or rank_differences("unknown", unknown, places(unknown_rows(whole)), ()))
    return found


# Policies

def random_policy(rng):
    """Other weights and parameters, some groups left out, and what the gap analysis under it has."""
    weights = {name: rng.choice((0, .5, 1, 3, 7.25)) for name in targets.POLICY["target_weights"]}
    if not any(weights.values()):
        weights["necessity"] = 1        # a score is a mean: some weight there must be
    # A focus nearer to the link fits no worse: else the best fit of a zone would depend on how one reads "best".
    on_chain, on_segment, on_link = sorted(rng.choice((0, .1, .25, .5, .8, 1)) for _ in range(3))
    return {
        "target_weights": weights,
        "target": {
            "no_consumers": rng.choice((0, .25, 1)), "no_inputs": rng.choice((0, .75, 1)),
            "zone_on_link": on_link, "zone_on_segment": on_segment, "zone_on_chain": on_chain,
            "chain_prospect": rng.choice((0, .1, .5, 1)), "full_prospects": rng.choice((.5, 1, 2, 7)),
            # Choke comes before priority even where it counts less.
            "policy_choke": rng.choice((0, .4, 1)), "policy_priority": rng.choice((0, .6, 1)),
            "policy_other": rng.choice((0, .2, 1)),
        },
        **rng.choice(({}, {"gap": {"weak_below": .75, "single_hhi": .6, "strong_producers": 2}},
                      {"chance": {"planned": 0, "signed": .25, "building": 1}})),
    }


# Datasets

class Comparison(compare_seeds.Comparison):
    def __init__(self, liantu, folder):
        super().__init__(liantu, folder)
        self.facts = targets.Facts(self.data)

    def check(self, chains=(), policy=None, policy_file=None):
        """The whole list, and those of the chains; the bytes of the whole one."""
        before = ("--policy", policy_file) if policy else ()
        note = "--policy %s" % json.dumps(policy) if policy else ""
        expected = targets.analyse(self.data, policy=policy, facts=self.facts)
        output = self.run("targets", before=before)
        whole = compare_seeds.parse(output)
        self.note(note, compare(self.data, whole, expected))
        for chain in chains:
            part = {"rows": targets.of_chain(self.data, expected["rows"], chain),
                    "summary": {"unknown": targets.of_chain(self.data, expected["summary"]["unknown"], chain)}}
            answer = compare_seeds.parse(self.run("targets", "--chain", chain, before=before))
            self.note(("%s --chain %s" % (note, chain)).strip(), compare(self.data, answer, part, whole))
        return output


def check_seed(liantu, seed):
    rng = random.Random("targets %d" % seed)
    with tempfile.TemporaryDirectory(prefix="liantu-oracle-") as folder:
        plain, shuffled = os.path.join(folder, "plain"), os.path.join(folder, "shuffled")
        random_dataset.make(seed, plain, rich=True)
        comparison = Comparison(liantu, plain)
        chains = [rng.choice(comparison.data["chains"])["id"]] if seed % 3 == 0 else []
        output = comparison.check(chains)
        if seed % 2 == 0:
            policy, policy_file = random_policy(rng), os.path.join(folder, "policy.json")
            compare_seeds.write_policy(policy_file, **policy)
            comparison.check(chains, policy, policy_file)
        if seed % 10 == 0:
            random_dataset.make(seed, shuffled, order=1, rich=True)
            if comparison.run("targets", folder=shuffled, locale="C.UTF-8") != output:
                comparison.found.append("other bytes when the records stand in another order (--order 1)")
        return comparison.found


def check_kept(liantu):
    comparison = Comparison(liantu, KEPT)
    comparison.check([chain["id"] for chain in comparison.data["chains"]])
    return comparison.found


if __name__ == "__main__":
    compare_seeds.main(__doc__, check_seed, [("the kept dataset", check_kept)])
