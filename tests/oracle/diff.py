#!/usr/bin/env python3
"""What two datasets differ in and what that did, the slow and obvious way.

    diff.py OLD NEW [--moved N]

A state is the new dataset with a set of changes undone: records put back, taken out or
exchanged one by one, what then hangs in the air taken away, and everything worked out
again from the start.
"""

import argparse
import copy
import itertools
import json
import sys

import dataset
import gaps
import targets

ROLES = {"capability", "prospect", "lead"}
DEFAULT_ROLE = {"capability": "produce", "prospect": "produce", "lead": "leader"}
# What a field is worth where it is left out; None elsewhere.
DEFAULTS = {
    "links": {"demand": 1, "importance": .5, "choke": False, "priority": False, "survey": "partial", "abstract": False},
    "projects": {"stage": "planned"},
    "supply": {"need": "required", "k": 1},
    "capability": {"level": 1},
}
REFERENCES = {
    "firms": ("region", "zone"), "institutions": ("region", "zone"), "projects": ("region", "zone", "firm"),
    "regions": ("parent",), "zones": ("parent",), "channels": ("region",), "kpis": ("scope",), "trade": ("link",),
}
GAPS = ("missing", "pipeline", "unknown", "weak", "single")
NOWHERE = "no such chain"       # an id that no dataset has


def pick_role(kind, record, institutions):
    if kind not in ROLES:
        return None
    fallback = "research" if kind == "capability" and record["from"] in institutions else DEFAULT_ROLE[kind]
    return record.get("role", fallback)


def identities(data):
    """{(kind, id) or (kind, from, to, role): record} of every record, of the header, and of its sources."""
    institutions = {record["id"] for record in data["institutions"]}
    header = {field: value for field, value in data["dataset"].items() if field != "sources"}
    found = {("dataset",): header}
    for source in data["dataset"].get("sources", ()):
        found["sources", source["id"]] = source
    for kind in dataset.KINDS:
        for record in data[kind]:
            key = ((kind, record["id"]) if kind in dataset.NODE_KINDS
                   else (kind, record["from"], record["to"], pick_role(kind, record, institutions)))
            assert key not in found, key
            found[key] = record
    return found


# Records

def field_value(kind, record, field):
    value = record.get(field, DEFAULTS.get(kind, {}).get(field, "stated" if field == "basis" else None))
    if field == "source" and isinstance(value, str):
        value = [value]
    if field == "codes" and value:
        value = {system: codes for system, codes in value.items() if codes}
    return None if value in ("", [], {}) and field in (
        "source", "aliases", "tags", "also", "chains", "segments", "codes", "note") else value


def field_changes(kind, before, after):
    """{field: (before, after)} of the fields that differ."""
    has_basis = kind not in ("dataset", "sources")
    found = {}
    for field in sorted(before.keys() | after.keys()):
        if field == "role" and kind in ROLES or field == "basis" and not has_basis:
            continue
        old, new = field_value(kind, before, field), field_value(kind, after, field)
        known = not field.startswith("x")
        if old != new or (not known and (field in before) != (field in after)):
            found[field] = (old, new)
    return found


def policy_numbers(policy):
    return {"%s.%s" % (group, name): number for group, numbers in policy.items() if isinstance(numbers, dict)
            for name, number in numbers.items()}


def whole_policy(policy):
    """The numbers that effects depend on, every one of them."""
    given = gaps.POLICY
    whole = {"gap": {name: given[name] for name in ("weak_below", "single_hhi", "strong_producers")},
             "chance": dict(given["chance"]), **copy.deepcopy(targets.POLICY)}
    for group, numbers in (policy or {}).items():
        if group in whole:
            whole[group].update(numbers)
    return whole


class Pair:
    """An old and a new dataset (as they stand in the files, nothing filled in), with their policies."""

    def __init__(self, old, new, old_policy=None, new_policy=None):
        self.old, self.new = identities(old), identities(new)
        self.old_policy, self.new_policy = whole_policy(old_policy), whole_policy(new_policy)
        self.changes = {}
        for key in self.old.keys() | self.new.keys():
            if key not in self.old:
                self.changes[key] = ("added", {})
            elif key not in self.new:
                self.changes[key] = ("dropped", {})
            else:
                fields = field_changes(key[0], self.old[key], self.new[key])
                if fields:
                    self.changes[key] = ("changed", fields)
        before, after = policy_numbers(self.old_policy), policy_numbers(self.new_policy)
        for name in before:
            if before[name] != after[name]:
                self.changes["policy", name] = ("changed", {name: (before[name], after[name])})
        self.outcomes = {}

    def state(self, undone):
        """(data, policy) with the changes of these keys undone."""
        records = dict(self.new)
        policy = copy.deepcopy(self.new_policy)
        for key in undone:
            if key[0] == "policy":
                group, name = key[1].split(".")
                policy[group][name] = self.old_policy[group][name]
            elif key in self.old:
                records[key] = self.old[key]
            else:
                del records[key]
        data = {kind: [] for kind in dataset.KINDS}
        for key, record in records.items():
            if key[0] == "dataset":
                data["dataset"] = dict(record)
            elif key[0] in data:
                data[key[0]].append({**copy.deepcopy(record), **({"role": key[3]} if key[0] in ROLES else {})})
        return settle(data), policy

    def outcome(self, undone):
        undone = frozenset(undone)
        if undone not in self.outcomes:
            self.outcomes[undone] = Outcome(*self.state(undone))
        return self.outcomes[undone]


def settle(data):
    """Takes away what hangs in the air, so that a dataset stands; fills it in."""
    ids = {kind: {record["id"] for record in data[kind]} for kind in dataset.NODE_KINDS}
    every = set().union(*ids.values())
    for kind in dataset.EDGE_KINDS:
        data[kind] = [edge for edge in data[kind] if edge["from"] in every and edge["to"] in every]
    for kind, fields in REFERENCES.items():
        for record in data[kind]:
            for field in fields:
                if record.get(field) not in every:
                    record.pop(field, None)
    for link in data["links"]:
        link["also"] = [chain for chain in link.get("also", ()) if chain in ids["chains"]]
        if link.get("chain") not in ids["chains"]:
            link["chain"] = NOWHERE
    if any(link["chain"] == NOWHERE for link in data["links"]):
        data["chains"].append({"id": NOWHERE, "name": NOWHERE})
    if data["dataset"]["home"] not in ids["regions"]:
        data["dataset"]["home"] = None
    open_circles(data)
    data = dataset.fill(data)
    agree_on_k(data)
    return data


def open_circles(data):
    """Regions in a circle lie nowhere, unless home is one of them."""
    parents = {region["id"]: region.get("parent") for region in data["regions"]}
    for region in data["regions"]:
        seen, at = set(), region["id"]
        while at is not None and at not in seen and at != data["dataset"]["home"]:
            seen.add(at)
            at = parents[at]
        if at in seen:
            region.pop("parent", None)


def agree_on_k(data):
    """Of edges of a group that disagree the largest k counts."""
    largest = {}
    for edge in data["supply"]:
        if edge["group"] is not None and edge["need"] == "required":
            group = edge["to"], edge["group"]
            largest[group] = max(largest.get(group, 1), edge["k"])
    for edge in data["supply"]:
        edge["k"] = largest.get((edge["to"], edge["group"]), edge["k"])


class Outcome:
    """What is known of every link: {id: value}, None or left out where there is nothing to know."""

    def __init__(self, data, policy):
        rows = gaps.analyse(data, policy=targets.gap_policy(policy))["rows"]
        final = {link["id"]: link["final"] for link in data["links"]}
        self.status = {row["link"]: row["status"] for row in rows}
        self.action = {row["link"]: row["action"] for row in rows}
        self.made = {row["link"]: final[row["link"]] and row["producible"] for row in rows}
        if any(policy["target_weights"].values()):
            self.rank = {row["link"]: row["rank"] for row in targets.analyse(data, policy=policy)["rows"]}
        else:       # no weight, no score: the ids decide
            listed = sorted((link for link, status in self.status.items() if status in targets.LISTED), key=gaps.byte_order)
            self.rank = {link: place for place, link in enumerate(listed, 1)}


# Effects

def is_gap(status):
    return status in GAPS


def effects(before, after, moved):
    """{(kind, link): (before, after)}"""
    found = {}
    for link in before.status.keys() | after.status.keys():
        old, new = before.status.get(link), after.status.get(link)
        if old != new:
            kind = ("gap-opened" if is_gap(new) and not is_gap(old) else
                    "gap-closed" if is_gap(old) and not is_gap(new) else "status-moved")
            found[kind, link] = (old, new)
        elif before.action.get(link) != after.action.get(link):
            found["action-changed", link] = (before.action[link], after.action[link])
        old, new = before.made.get(link, False), after.made.get(link, False)
        if old != new:
            found["final-unlocked" if new else "final-lost", link] = (old, new)
        old, new = before.rank.get(link), after.rank.get(link)
        if old is None and new is not None:
            found["target-entered", link] = (old, new)
        elif old is not None and new is None:
            found["target-left", link] = (old, new)
        elif old is not None and abs(old - new) > moved:
            found["rank-up" if new < old else "rank-down", link] = (old, new)
    return found


def is_undone(effect, values, outcome, moved):
    kind, link = effect
    before, after = values
    if kind in ("gap-opened", "gap-closed", "status-moved"):
        return outcome.status.get(link) != after
    if kind == "action-changed":
        return outcome.action.get(link) != after
    if kind in ("final-unlocked", "final-lost"):
        return outcome.made.get(link, False) != after
    rank = outcome.rank.get(link)
    if kind == "target-entered":
        return rank is None
    if kind == "target-left":
        return rank is not None
    return rank is None or (before - rank if kind == "rank-up" else rank - before) <= moved


def proper_parts(keys):
    return itertools.chain.from_iterable(itertools.combinations(keys, size) for size in range(len(keys)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--moved", type=int, default=5)
    options = parser.parse_args()
    pair = Pair(read(options.old), read(options.new))
    before, after = pair.outcome(pair.changes), pair.outcome(())
    rows = []
    for (kind, link), values in sorted(effects(before, after, options.moved).items()):
        alone = [key for key in sorted(pair.changes, key=str)
                 if is_undone((kind, link), values, pair.outcome([key]), options.moved)]
        rows.append({"kind": kind, "link": link, "before": values[0], "after": values[1], "alone": alone})
    json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
    print()


def read(folder):
    """The records as they stand in the files."""
    data = {"dataset": json.loads(dataset.read_text(folder + "/dataset.json"))}
    return {**data, **{kind: dataset.read_kind(folder, kind) for kind in dataset.KINDS}}


if __name__ == "__main__":
    main()
