#!/usr/bin/env python3
"""The best links to attract together (contract, sections 3 and 4), by trying every choice.

    portfolio.py DIR K [--chain C] [--capacity ZONE=N,*=N]

Every set of at most K links, each with its own fixpoint by repetition; seats in zones by trying every way to
share them out. Importances are fractions, so that sums compare exactly.
"""

import argparse
import itertools
import json
import sys
from fractions import Fraction

import bottlenecks
import dataset
import gaps

POLICY = {"target": {"zone_on_link": 1, "zone_on_segment": .6, "zone_on_chain": .3}}

# So many sets are what one waits for.
MOST_SETS = 20000


class TooMany(Exception):
    """More sets than can be tried."""


def weight(link):
    return Fraction(str(link["importance"]))


# Zones

def zone_fits(data, link, policy=None):
    """{zone: fit} of the zones that fit a link."""
    target = {**POLICY["target"], **(policy or {}).get("target", {})}
    chain_of = {other["id"]: (other["chain"], other["segment"]) for other in data["links"]}
    fits = {}
    for edge in data["focus"]:
        to, fit = edge["to"], 0
        if to == link["id"]:
            fit = target["zone_on_link"]
        elif to == link["chain"]:
            fit = target["zone_on_chain"]
        elif to in chain_of and link["segment"] is not None and chain_of[to] == (link["chain"], link["segment"]):
            fit = target["zone_on_segment"]
        fits[edge["from"]] = max(fits.get(edge["from"], 0), fit)
    return {zone: fit for zone, fit in fits.items() if fit > 0}


def seats_of(capacity, zone):
    """Picks that a zone takes; None = any number."""
    return capacity.get(zone, capacity.get("*"))


def best_seating(fits_of, picks, capacity):
    """(sum of fits, {link: zone}) of the best way to seat the picks, None where there is none."""
    picks = [link for link in picks if fits_of[link]]

    def seat(place, taken):
        if place == len(picks):
            return 0, {}
        best = None
        for zone, fit in fits_of[picks[place]].items():
            limit = seats_of(capacity, zone)
            if limit is not None and taken.get(zone, 0) >= limit:
                continue
            rest = seat(place + 1, {**taken, zone: taken.get(zone, 0) + 1})
            if rest is not None and (best is None or rest[0] + fit > best[0]):
                best = rest[0] + fit, {**rest[1], picks[place]: zone}
        return best

    return seat(0, {})


def can_seat(fits_of, picks, capacity):
    """As best_seating, without looking for the best: links without a limit are left out, the others tried in turn."""
    limited = [link for link in picks
               if fits_of[link] and all(seats_of(capacity, zone) is not None for zone in fits_of[link])]

    def seat(place, taken):
        if place == len(limited):
            return True
        return any(taken.get(zone, 0) < seats_of(capacity, zone)
                   and seat(place + 1, {**taken, zone: taken.get(zone, 0) + 1})
                   for zone in fits_of[limited[place]])

    return seat(0, {})


# Answers

class Question:
    def __init__(self, data, present, chain=None, capacity=None, policy=None):
        self.data, self.capacity = data, capacity or {}
        self.links = {link["id"]: link for link in data["links"]}
        self.here = {link for link in self.links if self.links[link]["abstract"] or present[link]}
        self.candidates = sorted(set(self.links) - self.here, key=gaps.byte_order)
        self.groups = {link: gaps.required_groups(data, link) for link in self.links}
        self.counting = {link for link in self.links if chain is None or gaps.in_chain(self.links[link], chain)}
        self.fits_of = {link: zone_fits(data, self.links[link], policy) for link in self.candidates}

    def producible(self, picks):
        """The greatest set in which every group is met, of what is here or picked."""
        left = self.here | set(picks)
        changed = True
        while changed:
            changed = False
            for link in sorted(left):
                if not all(gaps.satisfied(group, left) for group in self.groups[link]):
                    left.remove(link)
                    changed = True
        return left

    def finals(self, made):
        return [link for link in made & self.counting if self.links[link]["final"]]

    def worth_of_finals(self, made):
        return sum((weight(self.links[link]) for link in self.finals(made)), Fraction(0))

    def worth_of_links(self, made):
        return sum((weight(self.links[link]) for link in made & self.counting if not self.links[link]["abstract"]), Fraction(0))

    def value(self, picks):
        """The three aims, larger is better."""
        made = self.producible(picks)
        return self.worth_of_finals(made), self.worth_of_links(made), -len(picks)

    def allowed(self, picks):
        return can_seat(self.fits_of, picks, self.capacity)

    def best(self, most):
        """(value, picks) of the best set of at most so many."""
        sizes = range(min(most, len(self.candidates)) + 1)
        sets = [picks for size in sizes for picks in itertools.combinations(self.candidates, size)]
        if len(sets) > MOST_SETS:
            raise TooMany("%d sets" % len(sets))
        return max(((self.value(picks), picks) for picks in sets if self.allowed(picks)), key=lambda pair: pair[0])


def count_sets(candidates, most):
    """Sets of at most so many of them."""
    total, size_count = 0, 1
    for size in range(min(most, candidates) + 1):
        total += size_count
        size_count = size_count * (candidates - size) // (size + 1)
    return total


def read_capacity(text):
    pairs = (entry.rsplit("=", 1) for entry in text.split(","))
    return {zone: int(picks) for zone, picks in pairs}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dir")
    parser.add_argument("pick", type=int)
    parser.add_argument("--chain")
    parser.add_argument("--capacity", type=read_capacity, default={})
    options = parser.parse_args()
    data = dataset.read(options.dir)
    question = Question(data, bottlenecks.presence(data), options.chain, options.capacity)
    (finals, links, _), picks = question.best(options.pick)
    json.dump({"objective": float(finals), "link_objective": float(links), "picks": picks,
               "zones": best_seating(question.fits_of, picks, options.capacity)[1]},
              sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
