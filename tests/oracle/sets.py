#!/usr/bin/env python3
"""Unlock sets and cut sets of a link (contract, section 2), by trying every subset.

    sets.py DIR unlock|cut LINK [--max-size N] [--limit N] [--chance P] [--cost FIELD]
    sets.py DIR least CHAIN [--cost FIELD]

Subsets and states are whole numbers read as bits, one bit a link; nothing else is clever.
"""

import argparse
import itertools
import json
import sys
from fractions import Fraction

import bottlenecks
import dataset
import gaps

POLICY = {"sets": {"failure_chance": .01}}

# 2 to the power of this many subsets is what one waits for.
MOST_CANDIDATES = 20


class TooMany(Exception):
    """More candidates than can be tried."""


def upstream(data, targets):
    """The targets and every link that one of them needs, at whatever remove."""
    found, frontier = set(targets), list(targets)
    while frontier:
        here = frontier.pop()
        for _, members in gaps.required_groups(data, here):
            frontier += [member for member in members if member not in found]
            found.update(members)
    return found


def cut_candidates(data, targets):
    above = upstream(data, targets)
    return sorted((link["id"] for link in data["links"] if link["id"] in above and not link["abstract"]),
                  key=gaps.byte_order)


def unlock_candidates(data, present, targets):
    return [link for link in cut_candidates(data, targets) if not present[link]]


class Targets:
    """Whether some target falls, given which of the candidates have failed; all else stands at first."""

    def __init__(self, data, targets, candidates):
        self.candidates = candidates
        self.everything = (1 << len(candidates)) - 1
        # Candidates have the lowest bits, so that a subset of them is a state as it stands.
        links = candidates + sorted(upstream(data, targets) - set(candidates))
        self.bit = {link: 1 << place for place, link in enumerate(links)}
        self.groups = [(self.bit[link], k, self.mask(members))
                       for link in links for k, members in gaps.required_groups(data, link)]
        self.targets = self.mask(targets)

    def mask(self, links):
        return sum(self.bit[link] for link in links)

    def fall(self, failed):
        changed = True
        while changed:
            changed = False
            for consumer, k, members in self.groups:
                if not failed & consumer and bin(members & ~failed).count("1") < k:
                    failed |= consumer
                    changed = True
        return failed & self.targets != 0

    def every_state(self):
        """For each set of failed candidates, as a number, whether some target falls."""
        if len(self.candidates) > MOST_CANDIDATES:
            raise TooMany("%d candidates" % len(self.candidates))
        return [self.fall(failed) for failed in range(self.everything + 1)]

    def ids(self, subset):
        return [link for link in self.candidates if self.bit[link] & subset]


def minimal_subsets(count, solves):
    """Inclusion-minimal subsets of `count` things for which solves(subset), smallest first."""
    found = []
    for size in range(count + 1):
        of_size = []
        for places in itertools.combinations(range(count), size):
            subset = sum(1 << place for place in places)
            # Sets of one size cannot hold each other.
            if not any(smaller & subset == smaller for smaller in found) and solves(subset):
                of_size.append(subset)
        found += of_size
    return found


def in_order(sets):
    """Small sets first, then by their ids in byte order."""
    return sorted(sets, key=lambda one: (len(one), [gaps.byte_order(link) for link in one]))


# Importance

def chance_of(failed_counts, count, chance):
    """Chance of a collection of states; failed_counts: number of failed things -> number of states."""
    return sum(states * chance ** failed * (1 - chance) ** (count - failed)
               for failed, states in failed_counts.items())


def birnbaum(states, count, place, chance):
    """P(target fails | this one fails) - P(target fails | this one works), over every state of the others."""
    bit = 1 << place
    failing = {True: {}, False: {}}
    for state, falls in enumerate(states):
        if falls:
            counts = failing[bool(state & bit)]
            others = bin(state & ~bit).count("1")
            counts[others] = counts.get(others, 0) + 1
    return chance_of(failing[True], count - 1, chance) - chance_of(failing[False], count - 1, chance)


def fussell_vesely(states, count, place, chance):
    """Share of the target's chance to fail that goes when this one never fails: (P(fails) - P(fails | works)) / P(fails)."""
    counts, working = {}, {}
    for state, falls in enumerate(states):
        failed = bin(state).count("1")
        if falls:
            counts[failed] = counts.get(failed, 0) + 1
            if not state >> place & 1:
                working[failed] = working.get(failed, 0) + 1
    top = chance_of(counts, count, chance)
    return (top - chance_of(working, count - 1, chance)) / top


def importances(targets, states, failure_sets, chance):
    """Rows of the links that are in some minimal set: on no other does the target hang in any state."""
    count = len(targets.candidates)
    rows = []
    for place, link in enumerate(targets.candidates):
        if any(subset >> place & 1 for subset in failure_sets):
            rows.append((birnbaum(states, count, place, chance), link, fussell_vesely(states, count, place, chance)))
    rows.sort(key=lambda row: (-row[0], gaps.byte_order(row[1])))
    return [{"link": link, "birnbaum": float(hang), "fussell_vesely": float(vesely)} for hang, link, vesely in rows]


# Answers

class Answer:
    """Everything about the unlock or cut sets of one target; limits only choose what a row shows."""

    def __init__(self, data, command, target, present, chance=None):
        candidates = (unlock_candidates(data, present, [target]) if command == "unlock"
                      else cut_candidates(data, [target]))
        chance = Fraction(str(POLICY["sets"]["failure_chance"] if chance is None else chance))
        self.target = target
        self.targets = Targets(data, [target], candidates)
        self.states = self.targets.every_state()
        count, everything = len(candidates), self.targets.everything
        self.failure_sets = minimal_subsets(count, lambda failed: self.states[failed])
        masks = self.failure_sets
        if command == "unlock":
            masks = minimal_subsets(count, lambda come: not self.states[everything & ~come])
        self.masks = masks
        self.sets = in_order([self.targets.ids(mask) for mask in masks])
        self.importance = importances(self.targets, self.states, self.failure_sets, chance)

    def row(self, max_size=None, limit=None):
        sets = [one for one in self.sets if max_size is None or len(one) <= max_size]
        largest = max(map(len, sets), default=-1)
        row = {
            "target": self.target,
            # Past a limit on size there may be more than is told; where there is not, nothing is left out.
            "exact": len(sets) == len(self.sets),
            "count": len(sets),
            "by_size": [sum(len(one) == size for one in sets) for size in range(largest + 1)],
            "sets": sets,
            "importance": self.importance,
        }
        if limit is not None and len(sets) > limit:
            del row["sets"]
        return row


def order_of_cost(cost):
    return lambda one: (sum(cost[link] for link in one), len(one), [gaps.byte_order(link) for link in one])


def cheapest(sets, cost):
    """(set, its cost): least in sum, then in size, then first by its ids."""
    best = min(sets, key=order_of_cost(cost))
    return best, sum(cost[link] for link in best)


def finals_of(data, chain):
    return [link["id"] for link in data["links"] if link["final"] and gaps.in_chain(link, chain)]


def least_for_chain(data, present, chain, cost=None):
    """The fewest absent links, and the cheapest of as few, with which every final of the chain is producible."""
    finals = finals_of(data, chain)
    candidates = unlock_candidates(data, present, finals)
    targets = Targets(data, finals, candidates)
    cost = cost or {link: 1 for link in candidates}
    # Without one of these alone some final falls: they are in every answer and need no trying.
    forced = [link for link in candidates if targets.fall(targets.bit[link])]
    others = [link for link in candidates if link not in forced]
    if len(others) > MOST_CANDIDATES:
        raise TooMany("%d candidates" % len(others))
    for size in range(len(others) + 1):
        fitting = [sorted(forced + list(some), key=gaps.byte_order) for some in itertools.combinations(others, size)
                   if not targets.fall(targets.everything & ~targets.mask(forced + list(some)))]
        if fitting:
            return cheapest(fitting, cost)
    raise AssertionError("with every link present every link is producible")


def cost_of_field(data, field):
    return {link["id"]: link[field] for link in data["links"] if field in link}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dir")
    parser.add_argument("command", choices=("unlock", "cut", "least"))
    parser.add_argument("id", help="a link, or the chain of `least`")
    parser.add_argument("--max-size", type=int)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--chance", type=float, help="failure chance of every link")
    parser.add_argument("--cost", metavar="FIELD", help="field of links with what it costs to attract one")
    options = parser.parse_args()
    data = dataset.read(options.dir)
    present = bottlenecks.presence(data)
    cost = cost_of_field(data, options.cost) if options.cost else None
    if options.command == "least":
        least, sum_of_cost = least_for_chain(data, present, options.id, cost)
        row = {"chain": options.id, "set": least, "cost": sum_of_cost}
    else:
        answer = Answer(data, options.command, options.id, present, options.chance)
        row = answer.row(options.max_size, options.limit)
        if cost and options.command == "unlock":
            row["cheapest"], row["cost"] = cheapest(answer.sets, cost)
    json.dump({"rows": [row]}, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
