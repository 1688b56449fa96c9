#!/usr/bin/env python3
"""Gap rows and summary of a dataset (contract, sections 2 and 4), the slow and obvious way.

    gaps.py DIR [--chain C] [--policy FILE]

Nested loops over the records as they stand, fixpoints by repetition, nothing kept
between steps but dicts: a second method to hold the program's answers against.
"""

import argparse
import json
import sys

import dataset

POLICY = {
    "chance": {"planned": .1, "contacted": .2, "signed": .5, "building": .8},
    "weak_below": .5,
    "single_hhi": .85,
    "strong_producers": 3,
}

STATUSES = ("missing", "pipeline", "unknown", "weak", "single", "adequate", "strong")
BASES = ("stated", "inferred", "assumed")    # strongest first

# A figure this near to a threshold stands on it: sums of decimal levels round.
EPSILON = 1e-9


def byte_order(text):
    return text.encode("utf-8")


def by_id(records):
    return {record["id"]: record for record in records}


# Who is local, and what it can do

def region_is_local(data, region):
    parents = {record["id"]: record.get("parent") for record in data["regions"]}
    while region is not None:
        if region == data["dataset"]["home"]:
            return True
        region = parents[region]
    return False


def is_local(data, entity):
    return "zone" in entity or region_is_local(data, entity.get("region"))


def local_capabilities(data, link):
    """[(what it counts for, edge, entity)] of the local capabilities of a link."""
    firms, institutions = by_id(data["firms"]), by_id(data["institutions"])
    projects = by_id(data["projects"])
    found = []
    for edge in data["capability"]:
        if edge["to"] != link["id"]:
            continue
        holder = edge["from"]
        entity = firms.get(holder) or institutions.get(holder) or projects[holder]
        if not is_local(data, entity):
            continue
        if edge["role"] == "research":
            found.append(("research", edge, entity))
        elif holder in firms:
            found.append(("produce", edge, entity))
        elif holder in projects and entity["stage"] == "operating":
            found.append(("produce", edge, entity))
        elif holder in projects:
            found.append(("pipeline", edge, entity))
    return found


# Figures of one link

def concentration(produce):
    """hhi: sum of squared shares of the distinct entities; None without supply."""
    supply = sum(edge["level"] for _, edge, _ in produce)
    if supply == 0:
        return None
    level_of = {}
    for _, edge, entity in produce:
        level_of[entity["id"]] = level_of.get(entity["id"], 0) + edge["level"]
    return sum((level / supply) ** 2 for level in level_of.values())


def figures(data, link, policy):
    capabilities = local_capabilities(data, link)
    produce = [row for row in capabilities if row[0] == "produce"]
    pipeline = [row for row in capabilities if row[0] == "pipeline"]
    research = [row for row in capabilities if row[0] == "research"]
    supply = sum(edge["level"] for _, edge, _ in produce)
    demand = link["demand"]
    records = [link] + [edge for _, edge, _ in capabilities] + [who for _, _, who in capabilities]
    return {
        "producers": len({entity["id"] for _, _, entity in produce}),
        "supply": supply,
        "pipeline": sum(policy["chance"][project["stage"]] * edge["level"]
                        for _, edge, project in pipeline),
        "research": sum(edge["level"] for _, edge, _ in research),
        "coverage": 1 if demand == 0 else min(1, supply / demand),
        "hhi": concentration(produce),
        "has_leader": any(entity.get("grade") == "leader" for _, _, entity in produce),
        "basis": max((record["basis"] for record in records), key=BASES.index),
        "sources": sorted({text for record in records for text in record["source"]},
                          key=byte_order),
    }


def status_of(link, figure, policy):
    if link["demand"] == 0:
        return "adequate"
    if figure["producers"] == 0:
        if figure["pipeline"] > 0:
            return "pipeline"
        return "unknown" if link["survey"] == "none" else "missing"
    if figure["coverage"] < policy["weak_below"] - EPSILON:
        return "weak"
    enough = figure["producers"] >= policy["strong_producers"] or figure["has_leader"]
    if figure["coverage"] >= 1 - EPSILON and enough:
        return "strong"
    if figure["producers"] == 1 or figure["hhi"] >= policy["single_hhi"] - EPSILON:
        return "single"
    return "adequate"


# Neighbours

def nearest(data, link_id, end, other_end):
    """Nearest non-abstract links over supply edges of either need, abstract ones looked through."""
    links = by_id(data["links"])
    seen, frontier, found = set(), [link_id], set()
    while frontier:
        here = frontier.pop()
        for edge in data["supply"]:
            there = edge[other_end]
            if edge[end] != here or there in seen:
                continue
            seen.add(there)
            if links[there]["abstract"]:
                frontier.append(there)
            else:
                found.add(there)
    return found


def suppliers(data, link_id):
    return nearest(data, link_id, "to", "from")


def consumers(data, link_id):
    return nearest(data, link_id, "from", "to")


def action_of(data, link, status, present):
    if status in ("weak", "single"):
        return "strengthen"
    if status not in ("missing", "pipeline", "unknown"):
        return "keep"
    supplied = any(present[supplier] for supplier in suppliers(data, link["id"]))
    consumed = any(present[consumer] for consumer in consumers(data, link["id"]))
    if supplied and consumed:
        return "fill"
    if supplied:
        return "extend-forward"
    if consumed:
        return "extend-backward"
    return "build"


# Required groups, and the fixpoints over them

def required_groups(data, link_id):
    """[(k, [supplier ids])] of a link; an edge without group is a group of its own with k = 1."""
    alone, grouped = [], {}
    for edge in data["supply"]:
        if edge["to"] != link_id or edge["need"] != "required":
            continue
        if edge["group"] is None:
            alone.append((1, [edge["from"]]))
        else:
            _, members = grouped.setdefault(edge["group"], (edge["k"], []))
            members.append(edge["from"])
    return alone + list(grouped.values())


def satisfied(group, within):
    k, members = group
    return sum(member in within for member in members) >= k


def available_links(data, present):
    """Present links, and abstract ones whose groups are met: the least fixpoint."""
    groups = {link["id"]: required_groups(data, link["id"]) for link in data["links"]}
    available = {link for link, is_present in present.items() if is_present}
    changed = True
    while changed:
        changed = False
        for link in data["links"]:
            if not link["abstract"] or link["id"] in available:
                continue
            if all(satisfied(group, available) for group in groups[link["id"]]):
                available.add(link["id"])
                changed = True
    return available


def producible_links(data, present):
    """The greatest set of present or abstract links whose groups are met within it."""
    groups = {link["id"]: required_groups(data, link["id"]) for link in data["links"]}
    producible = {link["id"] for link in data["links"] if link["abstract"] or present[link["id"]]}
    changed = True
    while changed:
        changed = False
        for link in sorted(producible):
            if not all(satisfied(group, producible) for group in groups[link]):
                producible.remove(link)
                changed = True
    return producible


# Rows and summary

def in_chain(link, chain_id):
    return link["chain"] == chain_id or chain_id in link["also"]


def segment_stage(data, link):
    for segment in by_id(data["chains"])[link["chain"]]["segments"]:
        if segment["id"] == link["segment"]:
            return segment["stage"]
    return None


def chain_summary(data, chain, row_of, available):
    links = [link for link in data["links"] if not link["abstract"] and in_chain(link, chain["id"])]
    rows = [row_of[link["id"]] for link in links]
    weight = sum(row["importance"] for row in rows)
    covered = sum(row["importance"] * row["coverage"] for row in rows)
    groups = [group for link in links if link["id"] in available
              for group in required_groups(data, link["id"])]
    met = [group for group in groups if satisfied(group, available)]
    finals = [link["id"] for link in links if link["final"]]
    return {
        "chain": chain["id"],
        "name": chain["name"],
        "links": len(links),
        "by_status": {status: sum(row["status"] == status for row in rows) for status in STATUSES},
        "completeness": covered / weight if weight > 0 else None,
        "local_supply_rate": len(met) / len(groups) if groups else None,
        "producible_finals": sum(row_of[final]["producible"] for final in finals),
        "finals": len(finals),
    }


def analyse(data, chain=None, policy=None):
    """{"rows": [...], "summary": {"chains": [...]}}; `data` as dataset.read gives it."""
    policy = {**POLICY, **(policy or {})}
    links = [link for link in data["links"] if not link["abstract"]]
    figure_of = {link["id"]: figures(data, link, policy) for link in links}
    present = {link["id"]: figure_of[link["id"]]["producers"] > 0 or link["demand"] == 0
               for link in links}
    available = available_links(data, present)
    producible = producible_links(data, present)

    row_of = {}
    for link in links:
        figure = figure_of[link["id"]]
        status = status_of(link, figure, policy)
        row_of[link["id"]] = {
            "chain": link["chain"],
            "segment": link["segment"],
            "stage": segment_stage(data, link),
            "link": link["id"],
            "name": link["name"],
            "status": status,
            "action": action_of(data, link, status, present),
            "producers": figure["producers"],
            "supply": figure["supply"],
            "pipeline": figure["pipeline"],
            "demand": link["demand"],
            "coverage": figure["coverage"],
            "hhi": figure["hhi"],
            "research": figure["research"],
            "importance": link["importance"],
            "choke": link["choke"],
            "producible": link["id"] in producible,
            "basis": figure["basis"],
            "sources": figure["sources"],
        }

    rows = [row_of[link["id"]] for link in links if chain is None or in_chain(link, chain)]
    chains = [record for record in data["chains"] if chain is None or record["id"] == chain]
    return {
        "rows": sorted(rows, key=lambda row: byte_order(row["link"])),
        "summary": {"chains": [chain_summary(data, record, row_of, available)
                               for record in sorted(chains, key=lambda record: byte_order(record["id"]))]},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dir")
    parser.add_argument("--chain")
    parser.add_argument("--policy", help="a JSON object that replaces entries of POLICY")
    options = parser.parse_args()
    policy = json.loads(dataset.read_text(options.policy)) if options.policy else None
    answer = analyse(dataset.read(options.dir), options.chain, policy)
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
