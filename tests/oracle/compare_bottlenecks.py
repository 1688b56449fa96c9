#!/usr/bin/env python3
"""Hold `liantu bottlenecks` against the slow method on seeded random datasets; prints TAP.

    compare_bottlenecks.py LIANTU [--seeds A B]

Each seed (`random_dataset.py SEED DIR`): rows agree in every field and stand in order,
whole, for one chain and under other weights; a copy with its records in another order,
under another locale, gives the same bytes. One more dataset has more paths than a
double can count.
"""

import json
import os
import random
import tempfile

import bottlenecks
import compare_gaps
import compare_seeds
import dataset
import random_dataset

# With three ways on in most stages, what there is in all is beyond 2 to the power of 1024.
LADDER_STAGES = 800

# Fields of a row beyond the contract's: its place, the error of a sampled betweenness, and the explanation. What an
# explanation says is not compared here.
EXPLAINED = {"rank", "betweenness_error", "why", "records"}


def is_tie(one, other):
    """Whether two rows have the same score however it is summed: equal terms that take no rounding."""
    if (one["path_share"], one["dominated_finals"], one["blocks"]) != (
            other["path_share"], other["dominated_finals"], other["blocks"]):
        return False
    concentrations = {1 if row["external"] else row["hhi"] or 0 for row in (one, other)}
    return concentrations in ({0}, {1})


def row_differences(expected, got):
    """Rows by link whatever their order, then their order."""
    def by_link(rows):
        return sorted(rows, key=lambda row: str(row.get("link")))

    found = compare_gaps.row_differences(by_link(expected), by_link(got))
    if found:
        return found
    row_of = {row["link"]: row for row in expected}
    return compare_seeds.order_differences(
        "rows", [row["link"] for row in got], {link: row["score"] for link, row in row_of.items()},
        lambda above, below: is_tie(row_of[above], row_of[below]))


def compare(what, data, output, expected):
    answer = compare_seeds.parse(output)
    found = compare_seeds.head_differences(answer, "bottlenecks", data)
    rows = answer.get("rows", [])
    found += row_differences(expected, [{key: row[key] for key in row if key not in EXPLAINED} for row in rows])
    # Nothing is sampled in datasets this small.
    found += ["row %r: betweenness_error is %r" % (row.get("link"), row["betweenness_error"])
              for row in rows if row.get("betweenness_error", 0) != 0]
    found += ["row %r: rank %r at place %d" % (row.get("link"), row["rank"], place)
              for place, row in enumerate(rows, 1) if row.get("rank", place) != place]
    return ["%s: %s" % (what, line) if what else line for line in found]


def random_weights(rng):
    weights = {name: rng.choice((0, .5, 1, 3)) for name in bottlenecks.POLICY["bottleneck_weights"]}
    if not any(weights.values()):
        weights["path_share"] = 1       # a score is a mean: some weight there must be
    return weights


def check_seed(liantu, seed):
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="liantu-oracle-") as folder:
        plain, shuffled = os.path.join(folder, "plain"), os.path.join(folder, "shuffled")
        policy_file = os.path.join(folder, "policy.json")
        random_dataset.make(seed, plain)
        random_dataset.make(seed, shuffled, order=1)
        data = dataset.read(plain)
        chain = rng.choice(data["chains"])["id"]
        policy = {"bottleneck_weights": random_weights(rng)}
        compare_seeds.write_policy(policy_file, **policy)
        rows = bottlenecks.every_row(data)

        output = compare_gaps.run(liantu, plain, "bottlenecks", "--format", "json")
        found = compare("", data, output, bottlenecks.ranked(data, rows))
        of_chain = compare_gaps.run(liantu, plain, "bottlenecks", "--chain", chain, "--format", "json")
        found += compare("--chain %s" % chain, data, of_chain, bottlenecks.ranked(data, rows, chain))
        weighted = compare_gaps.run(liantu, plain, "--policy", policy_file, "bottlenecks", "--format", "json")
        found += compare("--policy %s" % json.dumps(policy), data, weighted,
                         bottlenecks.analyse(data, policy=policy)["rows"])
        if compare_gaps.run(liantu, shuffled, "bottlenecks", "--format", "json", locale="C.UTF-8") != output:
            found.append("other bytes when the records stand in another order (--order 1)")
        return found


# More paths than a double can count

def ladder():
    """Junctions in a row, two or three ways from each to the next, now and then a way out or a way back."""
    supply = []
    for stage in range(LADDER_STAGES):
        here, there, side = "j%03d" % stage, "j%03d" % (stage + 1), "s%03d" % stage
        supply += [(here, there), (here, side), (side, there)]
        if stage % 7:
            supply += [(here, "t%03d" % stage), ("t%03d" % stage, there)]
        if stage % 50 == 25:
            supply.append((side, "out%03d" % stage))
        if stage % 90 == 45:
            supply.append((there, side))
    links = sorted({link for pair in supply for link in pair})
    return {
        "dataset": {"format": "liantu/1", "id": "ladder", "title": "ladder", "home": "home", "as_of": "2022-12-07"},
        "regions": [{"id": "home", "name": "home"}],
        "chains": [{"id": "c", "name": "c"}],
        "links": [{"id": link, "name": link, "chain": "c"} for link in links],
        "supply": [{"from": one, "to": other, "need": "optional"} for one, other in supply],
    }


def write_plainly(folder, data):
    for kind, records in data.items():
        with open(os.path.join(folder, kind + ".json"), "w", encoding="utf-8") as file:
            json.dump(records, file)


def check_ladder(liantu):
    with tempfile.TemporaryDirectory(prefix="liantu-oracle-") as folder:
        write_plainly(folder, ladder())
        data = dataset.read(folder)
        output = compare_gaps.run(liantu, folder, "bottlenecks", "--format", "json")
    shares = bottlenecks.path_shares(bottlenecks.Condensation(data))
    got = {row["link"]: row["path_share"] for row in compare_seeds.parse(output)["rows"]}
    return compare_gaps.differences("path_share", {link: float(share) for link, share in shares.items()}, got)


if __name__ == "__main__":
    compare_seeds.main(__doc__, check_seed, [("more paths than a double can count", check_ladder)])
