#!/usr/bin/env python3
"""Hold `liantu portfolio` against the slow method on seeded random datasets; prints TAP.

    compare_portfolio.py LIANTU [--seeds A B]

Each seed, on a small dataset as they come and on one with many alternatives, for several numbers of picks, chains
and capacities of zones: the three aims; every figure of every row, from its picks; zones that fit, within their
capacities and with the largest sum of fits. That the greedy answer, and one out of time, is not above the exact
one, nor the exact one above their bound; and the same bytes from a copy with its records in another order, under
another locale.
"""

import math
import os
import random
import tempfile

import compare_gaps
import compare_seeds
import gaps
import portfolio

QUESTIONS = 6
MOST_PICKS = 7
POLICIES = ({}, {}, {}, {"zone_on_chain": 0}, {"zone_on_segment": 0, "zone_on_chain": .9})


def is_close(one, other):
    return other is not None and math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def worth(links, ids):
    return math.fsum(links[one]["importance"] for one in ids)


class Answer:
    """What the program said, and what is wrong with it."""

    def __init__(self, question, answer):
        self.question, self.rows = question, answer["rows"]
        self.summary = answer["summary"]["portfolio"][0]
        self.found = []

    def expect(self, what, expected, got):
        same = is_close(expected, got) if isinstance(expected, float) else expected == got
        if not same:
            self.found.append("%s: expected %r, got %r" % (what, expected, got))

    def picks(self):
        return [row["link"] for row in self.rows]

    def check_row(self, place, row, made):
        """@return what is producible with it, those before it being here."""
        q, link = self.question, self.question.links[row["link"]]
        now = q.producible(self.picks()[:place + 1])
        fresh = now - made
        what = "row %r" % row["link"]
        self.expect(what + ": order", place + 1, row["order"])
        self.expect(what + ": name", (link["name"], link["chain"]), (row["name"], row["chain"]))
        self.expect(what + ": gain", worth(q.links, q.finals(fresh)), row["gain"])
        counting = [one for one in fresh & q.counting if not q.links[one]["abstract"]]
        self.expect(what + ": link_gain", worth(q.links, counting), row["link_gain"])
        unlocks = sorted((one for one in fresh if not q.links[one]["abstract"]), key=gaps.byte_order)
        self.expect(what + ": unlocks", unlocks, row["unlocks"])
        return now

    def check_zones(self):
        q = self.question
        taken, fits = {}, []
        for row in self.rows:
            fitting, zone = q.fits_of[row["link"]], row["zone"]
            if (zone is None) != (not fitting) or (zone is not None and zone not in fitting):
                self.found.append("row %r: zone %r; %r fit" % (row["link"], zone, fitting))
                return
            if zone is not None:
                taken[zone] = taken.get(zone, 0) + 1
                fits.append(fitting[zone])
                if not q.capacity:
                    best = min(fitting, key=lambda one: (-fitting[one], gaps.byte_order(one)))
                    self.expect("row %r: zone" % row["link"], best, zone)
        for zone, count in taken.items():
            limit = portfolio.seats_of(q.capacity, zone)
            if limit is not None and count > limit:
                self.found.append("zone %r has %d picks, not %d" % (zone, count, limit))
        if q.capacity:
            self.expect("sum of fits", float(portfolio.best_seating(q.fits_of, self.picks(), q.capacity)[0]), math.fsum(fits))

    def check(self, pick, method):
        """What must hold of any answer. @return its value."""
        q, picks, s = self.question, self.picks(), self.summary
        if len(set(picks)) != len(picks) or not set(picks) <= set(q.candidates) or len(picks) > pick:
            self.found.append("picks: %r" % picks)
            return None
        made = before = q.producible([])
        for place, row in enumerate(self.rows):
            made = self.check_row(place, row, made)
        self.check_zones()
        self.expect("pick", pick, s["pick"])
        self.expect("count", len(picks), s["count"])
        self.expect("before", float(q.worth_of_finals(before)), s["before"])
        self.expect("objective", float(q.worth_of_finals(made)), s["objective"])
        self.expect("link_objective", float(q.worth_of_links(made)), s["link_objective"])
        finals = [len(q.finals(set(q.links))), len(q.finals(before)), len(q.finals(made))]
        self.expect("finals", finals, [s["finals"], s["finals_before"], s["finals_after"]])
        self.expect("unlocked", [one for row in self.rows for one in row["unlocks"]], s["unlocked"])
        if method:
            self.expect("method", method, s["method"])
        return q.value(picks)


class Comparison(compare_seeds.Seeded):
    """One dataset, and what was found wrong on it."""

    def run(self, arguments, before=(), folder=None, locale="C"):
        return compare_gaps.run(self.liantu, folder or self.plain, *before, "portfolio", *arguments, "--format", "json", locale=locale)

    def ask(self, question, arguments, before, pick, method):
        """@return (value, summary) of what the program says."""
        parsed = compare_seeds.parse(self.run(arguments, before))
        answer = Answer(question, parsed)
        answer.found += compare_seeds.head_differences(parsed, "portfolio", self.data)
        value = answer.check(pick, method)
        self.found += ["%s: %s: %s" % (self.note, " ".join((*before[2:], *arguments)), line) for line in answer.found]
        return value, answer.summary

    def fail(self, arguments, text):
        self.found.append("%s: %s: %s" % (self.note, " ".join(arguments), text))

    def check_exact(self, question, arguments, before, pick):
        best, picks = question.best(pick)
        value, summary = self.ask(question, arguments, before, pick, "exact")
        if value != best:
            self.fail(arguments, "reaches %s, %r reaches %s" % (show(value), picks, show(best)))
        if not summary["optimal"] or not is_close(summary["objective"], summary["bound"]):
            self.fail(arguments, "optimal %r, bound %r" % (summary["optimal"], summary["bound"]))
        return best

    def check_other(self, question, arguments, before, pick, method, best):
        """An answer that need not be the best."""
        value, summary = self.ask(question, arguments, before, pick, method)
        if value is not None and value > best:
            self.fail(arguments, "reaches %s, above %s" % (show(value), show(best)))
        if summary["optimal"] and (method == "greedy" or value != best):
            self.fail(arguments, "optimal though it reaches %s of %s" % (show(value), show(best)))
        if method == "greedy" and summary["bound"] is not None:
            self.fail(arguments, "bound %r" % summary["bound"])
        if summary["bound"] is not None and summary["bound"] < float(best[0]) - 1e-9:
            self.fail(arguments, "bound %r, though %s can be reached" % (summary["bound"], show(best)))

    def question(self, rng):
        """A question, with how to put it on the command line."""
        arguments, before, policy = [], (), {}
        chain = rng.choice(self.data["chains"])["id"] if rng.random() < .3 else None
        if chain is not None:
            arguments += ["--chain", chain]
        capacity = {}
        zones = [zone["id"] for zone in self.data["zones"]]
        if rng.random() < .6:
            capacity = {zone: rng.choice((0, 0, 1, 1, 2)) for zone in rng.sample(zones, rng.randint(0, len(zones)))}
            if rng.random() < .6 or not capacity:
                capacity["*"] = rng.choice((0, 1, 1, 2))
            entries = ["%s=%d" % pair for pair in capacity.items()]
            arguments += ["--capacity", ",".join(rng.sample(entries, len(entries)))]
        changed = rng.choice(POLICIES)
        if changed:
            policy = {"target": changed}
            path = os.path.join(self.folder, "policy.json")
            compare_seeds.write_policy(path, **policy)
            before = ("--policy", path)
        return portfolio.Question(self.data, self.present, chain, capacity, policy), arguments, before

    def check_all(self, rng):
        arguments = []
        for _ in range(QUESTIONS):
            question, arguments, before = self.question(rng)
            pick = rng.randint(1, MOST_PICKS)
            while portfolio.count_sets(len(question.candidates), pick) > portfolio.MOST_SETS:
                pick -= 1
            arguments = ["--pick", str(pick), *arguments]
            best = self.check_exact(question, arguments, before, pick)
            self.check_other(question, arguments + ["--method", "greedy"], before, pick, "greedy", best)
            self.check_other(question, arguments + ["--seconds", ".001"], before, pick, None, best)
        if self.run(arguments, folder=self.shuffled, locale="C.UTF-8") != self.run(arguments):
            self.fail(arguments, "other bytes when the records stand in another order (--order 1)")
        return self.found


def show(value):
    return "nothing" if value is None else "finals %g, links %g, picks %d" % (value[0], value[1], -value[2])


def check_seed(liantu, seed):
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="liantu-oracle-") as folder:
        plain = Comparison(liantu, seed, os.path.join(folder, "plain"), rng.randint(4, 18), False)
        found = plain.check_all(rng)
        alternatives = Comparison(liantu, seed, os.path.join(folder, "alternatives"), rng.randint(6, 20), True)
        return found + alternatives.check_all(rng)


if __name__ == "__main__":
    compare_seeds.main(__doc__, check_seed)
