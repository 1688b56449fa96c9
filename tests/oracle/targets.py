#!/usr/bin/env python3
"""The targeting list of a dataset (contract, sections 2 and 4), the slow and obvious way.

    targets.py DIR [--chain C] [--policy FILE]

Every criterion by its own definition and on its own: links are made present one by one and
the producible set is worked out again each time.
"""

import argparse
import json
import math
import sys

import bottlenecks
import dataset
import gaps

LISTED = ("missing", "pipeline", "weak", "single")

# As a policy file has them.
POLICY = {
    "target_weights": {
        "necessity": 3,
        "leverage": 3,
        "unlock": 2,
        "pull": 2,
        "push": 1,
        "research": 1,
        "zone_fit": 1,
        "prospects": 1,
        "policy": 2,
    },
    "target": {
        "no_consumers": .5,
        "no_inputs": .5,
        "zone_on_link": 1,
        "zone_on_segment": .6,
        "zone_on_chain": .3,
        "chain_prospect": .25,
        "full_prospects": 3,
        "policy_choke": 1,
        "policy_priority": .7,
        "policy_other": .3,
    },
}


def group_of(policy, name):
    """A group of numbers of a policy; what the policy leaves out stays as it is."""
    return {**POLICY[name], **(policy or {}).get(name, {})}


def gap_policy(policy):
    """What gaps.analyse takes, of a policy as a file has it."""
    policy = policy or {}
    chance = {**gaps.POLICY["chance"], **policy.get("chance", {})}
    return {**gaps.POLICY, **policy.get("gap", {}), "chance": chance}


# What the dataset says, whatever the policy

def unlocked(data, present, producible, link_id):
    """Links, not abstract, that become producible when the link becomes present; one already present changes nothing."""
    if present[link_id]:
        return set()
    gained = gaps.producible_links(data, {**present, link_id: True}) - producible
    return {id for id in gained if id in present}


def blocked_weight(data, link_id):
    """Importance of the finals that fail with the link, of that of all finals."""
    weight = bottlenecks.importance_sum(data, {link["id"] for link in data["links"] if link["final"]})
    blocked = bottlenecks.blocked_finals(data, link_id)
    return bottlenecks.importance_sum(data, blocked) / weight if weight > 0 else 0


class Facts:
    """Figures that no policy changes, each worked out when it is first asked for."""

    def __init__(self, data):
        self.data = data
        self.present = bottlenecks.presence(data)
        self.available = gaps.available_links(data, self.present)
        self.producible = gaps.producible_links(data, self.present)
        self.of_link = {}

    def of(self, link_id):
        if link_id not in self.of_link:
            self.of_link[link_id] = self.work_out(link_id)
        return self.of_link[link_id]

    def work_out(self, link_id):
        consumers = gaps.consumers(self.data, link_id)
        groups = gaps.required_groups(self.data, link_id)
        return {
            "unlocked": len(unlocked(self.data, self.present, self.producible, link_id)),
            "blocked_weight": blocked_weight(self.data, link_id),
            "consumers": len(consumers),
            "consumers_present": sum(self.present[consumer] for consumer in consumers),
            "groups": len(groups),
            "groups_met": sum(gaps.satisfied(group, self.available) for group in groups),
        }


# Criteria

def necessity(link, gap):
    assert link["demand"] > 0, "a link without demand is adequate"
    return link["importance"] * (1 - min(1, (gap["supply"] + gap["pipeline"]) / link["demand"]))


def focus_fit(links, edge, link, values):
    """How well one focus of a zone fits the link; `links` by id."""
    if edge["to"] == link["id"]:
        return values["zone_on_link"]
    if edge["to"] in links:
        other = links[edge["to"]]
        # A segment is its chain's own; those of other chains may have the same id.
        same_segment = link["segment"] is not None and (
            (other["chain"], other["segment"]) == (link["chain"], link["segment"]))
        return values["zone_on_segment"] if same_segment else 0
    return values["zone_on_chain"] if edge["to"] == link["chain"] else 0


def zone_fit(data, link, values, zones=None):
    """The best fit of any zone, or of any of the zones given."""
    links = gaps.by_id(data["links"])
    return max((focus_fit(links, edge, link, values) for edge in data["focus"]
                if zones is None or edge["from"] in zones), default=0)


def prospects(data, link, values):
    on_link = sum(edge["to"] == link["id"] for edge in data["prospect"])
    on_chain = sum(edge["to"] == link["chain"] for edge in data["prospect"])
    return min(1, (on_link + on_chain * values["chain_prospect"]) / values["full_prospects"])


def policy_of(link, values):
    if link["choke"]:
        return values["policy_choke"]
    return values["policy_priority"] if link["priority"] else values["policy_other"]


def criteria(data, link, gap, facts, most_unlocked, values):
    fact = facts.of(link["id"])
    return {
        "necessity": necessity(link, gap),
        "leverage": fact["blocked_weight"],
        # Only a link that is not listed can unlock more than the most.
        "unlock": min(1, fact["unlocked"] / most_unlocked) if most_unlocked else 0,
        "pull": fact["consumers_present"] / fact["consumers"] if fact["consumers"] else values["no_consumers"],
        "push": fact["groups_met"] / fact["groups"] if fact["groups"] else values["no_inputs"],
        "research": min(1, gap["research"]),
        "zone_fit": zone_fit(data, link, values),
        "prospects": prospects(data, link, values),
        "policy": policy_of(link, values),
    }


def score_of(weights, figures):
    return math.fsum(weights[name] * figures[name] for name in weights) / math.fsum(weights.values())


# The list

def as_written(score):
    return float("%.12g" % score)


def order(row):
    return -as_written(row["score"]), gaps.byte_order(row["link"])


def ranked(rows):
    rows = sorted(rows, key=order)
    for place, row in enumerate(rows, 1):
        row["rank_overall"] = place
    return rows


def of_chain(data, rows, chain):
    """Rows of a chain, numbered anew; their figures stay those of the whole dataset."""
    links = gaps.by_id(data["links"])
    kept = [row for row in rows if chain is None or gaps.in_chain(links[row["link"]], chain)]
    return [{**row, "rank": place} for place, row in enumerate(kept, 1)]


def analyse(data, chain=None, policy=None, facts=None):
    """{"rows": the listed, "summary": {"unknown": rows}}; `data` as dataset.read gives it, `facts` where they are at hand."""
    facts = facts or Facts(data)
    weights, values = group_of(policy, "target_weights"), group_of(policy, "target")
    gap_of = {row["link"]: row for row in gaps.analyse(data, policy=gap_policy(policy))["rows"]}
    listed = [link for link in data["links"] if not link["abstract"] and gap_of[link["id"]]["status"] in LISTED]
    unknown = [link for link in data["links"] if not link["abstract"] and gap_of[link["id"]]["status"] == "unknown"]
    most_unlocked = max((facts.of(link["id"])["unlocked"] for link in listed), default=0)

    def row_of(link):
        gap = gap_of[link["id"]]
        figures = criteria(data, link, gap, facts, most_unlocked, values)
        return {
            "link": link["id"],
            "name": link["name"],
            "chain": link["chain"],
            "action": gap["action"],
            "status": gap["status"],
            "score": score_of(weights, figures),
            "criteria": figures,
        }

    return {
        "rows": of_chain(data, ranked(map(row_of, listed)), chain),
        "summary": {"unknown": of_chain(data, ranked(map(row_of, unknown)), chain)},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dir")
    parser.add_argument("--chain")
    parser.add_argument("--policy", help="a policy file; what it leaves out stays as it is")
    options = parser.parse_args()
    policy = json.loads(dataset.read_text(options.policy)) if options.policy else None
    answer = analyse(dataset.read(options.dir), options.chain, policy)
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
