#!/usr/bin/env python3
"""Bottleneck figures of a dataset (contract, sections 2 and 4), the slow and obvious way.

    bottlenecks.py DIR [--chain C] [--policy FILE]

Every figure by its own definition and on its own: links are removed one by one and what
is left is walked again, paths are counted in whole numbers, fixpoints by repetition.
"""

import argparse
import json
import math
import sys
from fractions import Fraction

import dataset
import gaps

POLICY = {
    "bottleneck_weights": {
        "path_share": .2,
        "dominated_finals": .2,
        "blocked_weight": .4,
        "concentration": .2,
    },
}


# Supply as a graph

def supply_pairs(data):
    """Supply edges of either need, parallel ones once."""
    return {(edge["from"], edge["to"]) for edge in data["supply"]}


def followers(nodes, pairs):
    following = {node: set() for node in nodes}
    for one, other in pairs:
        following[one].add(other)
    return following


def reached(starts, following, without=None):
    """Nodes that a walk from the starts gets to, the starts included."""
    seen = {start for start in starts if start != without}
    frontier = list(seen)
    while frontier:
        for there in following[frontier.pop()]:
            if there != without and there not in seen:
                seen.add(there)
                frontier.append(there)
    return seen


def link_ids(data):
    return [link["id"] for link in data["links"]]


class Condensation:
    """Strongly connected components as nodes; edges between two of them count once."""

    def __init__(self, data):
        links, pairs = link_ids(data), supply_pairs(data)
        following = followers(links, pairs)
        reach = {link: reached([link], following) for link in links}
        self.component_of = {link: frozenset(other for other in reach[link] if link in reach[other])
                             for link in links}
        # What a component reaches is more than what any component after it reaches.
        self.components = sorted(set(self.component_of.values()), key=lambda component: -len(reach[min(component)]))
        inside = self.component_of
        self.edges = {(inside[one], inside[other]) for one, other in pairs if inside[one] != inside[other]}
        self.after = followers(self.components, self.edges)
        self.before = followers(self.components, {(other, one) for one, other in self.edges})
        self.sources = [component for component in self.components if not self.before[component]]
        self.sinks = [component for component in self.components if not self.after[component]]


# Figures

def path_shares(condensation):
    """Share of the source-to-sink paths of one edge or more through each link's component."""
    before, after = condensation.before, condensation.after
    paths_in, paths_out = {}, {}
    for component in condensation.components:
        paths_in[component] = sum(paths_in[one] for one in before[component]) if before[component] else 1
    for component in reversed(condensation.components):
        paths_out[component] = sum(paths_out[one] for one in after[component]) if after[component] else 1
    # A component that is source and sink at once would only be on a path without edges.
    on_paths = [component for component in condensation.components if before[component] or after[component]]
    total = sum(paths_in[component] for component in on_paths if not after[component])
    share_of = {component: Fraction(0) for component in condensation.components}
    for component in on_paths:
        share_of[component] = Fraction(paths_in[component] * paths_out[component], total)
    return {link: share_of[component] for link, component in condensation.component_of.items()}


def dominated_finals(data, condensation, link_id):
    """Finals that the super-source reaches through the link alone."""
    following = followers(link_ids(data), supply_pairs(data))
    starts = [link for component in condensation.sources for link in component]
    left = reached(starts, following, without=link_id)
    return [link["id"] for link in data["links"]
            if link["final"] and link["id"] != link_id and link["id"] not in left]


def fails(data, failed):
    """fails(X): every link available at first, then the links of X and what they take with them."""
    groups = {link: gaps.required_groups(data, link) for link in link_ids(data)}
    left = set(link_ids(data)) - set(failed)
    changed = True
    while changed:
        changed = False
        for link in sorted(left):
            if not all(gaps.satisfied(group, left) for group in groups[link]):
                left.remove(link)
                changed = True
    return set(link_ids(data)) - left


def blocked_finals(data, link_id):
    fallen = fails(data, {link_id})
    return [link["id"] for link in data["links"]
            if link["final"] and link["id"] != link_id and link["id"] in fallen]


def importance_sum(data, ids):
    return math.fsum(link["importance"] for link in data["links"] if link["id"] in ids)


def count_parts(nodes, pairs):
    """Number of connected components, directions aside."""
    nodes = set(nodes)
    both_ways = {(one, other) for one, other in pairs if one in nodes and other in nodes}
    following = followers(nodes, both_ways | {(other, one) for one, other in both_ways})
    parts = 0
    while nodes:
        nodes -= reached([min(nodes)], following)
        parts += 1
    return parts


def is_articulation(data, link_id):
    """Whether removing the link leaves the others in more parts than they were in."""
    links, pairs = link_ids(data), supply_pairs(data)
    alone = not any(link_id in pair for pair in pairs)
    parts_of_others = count_parts(links, pairs) - alone
    return count_parts([link for link in links if link != link_id], pairs) > parts_of_others


def shortest_paths(start, following):
    """{link: (distance, number of shortest paths)} from the start."""
    found = {start: (0, 1)}
    layer = [start]
    while layer:
        next_layer = {}
        for here in layer:
            distance, paths = found[here]
            for there in following[here]:
                if there not in found:
                    next_layer[there] = next_layer.get(there, 0) + paths
        found.update((there, (distance + 1, paths)) for there, paths in next_layer.items())
        layer = list(next_layer)
    return found


def betweenness(data):
    """Over ordered pairs s, t of other links: the share of shortest paths that pass the link."""
    links = link_ids(data)
    following = followers(links, supply_pairs(data))
    from_ = {link: shortest_paths(link, following) for link in links}
    shares = {link: [] for link in links}
    for source in links:
        for target, (distance, paths) in from_[source].items():
            for link, (distance_in, paths_in) in from_[source].items():
                if link in (source, target) or target == source or target not in from_[link]:
                    continue
                distance_out, paths_out = from_[link][target]
                if distance_in + distance_out == distance:
                    shares[link].append(paths_in * paths_out / paths)
    return {link: math.fsum(values) for link, values in shares.items()}


def presence(data):
    """{link: present} of the non-abstract links."""
    producers = {link["id"]: gaps.figures(data, link, gaps.POLICY)["producers"]
                 for link in data["links"] if not link["abstract"]}
    return {link["id"]: producers[link["id"]] > 0 or link["demand"] == 0
            for link in data["links"] if not link["abstract"]}


# Rows

def score_of(weights, terms):
    return math.fsum(weights[name] * terms[name] for name in weights) / math.fsum(weights.values())


def every_row(data, policy=None):
    """{id: row} of every link, abstract ones too; `data` as dataset.read gives it."""
    weights = {**POLICY["bottleneck_weights"], **(policy or {}).get("bottleneck_weights", {})}
    condensation = Condensation(data)
    share_of = path_shares(condensation)
    betweenness_of = betweenness(data)
    available = gaps.available_links(data, presence(data))
    finals = {link["id"] for link in data["links"] if link["final"]}
    weight_of_finals = importance_sum(data, finals)

    rows = {}
    for link in data["links"]:
        blocked = blocked_finals(data, link["id"])
        dominated = len(dominated_finals(data, condensation, link["id"]))
        weight = importance_sum(data, blocked) / weight_of_finals if weight_of_finals > 0 else 0
        hhi = None if link["abstract"] else gaps.figures(data, link, gaps.POLICY)["hhi"]
        external = link["id"] not in available
        terms = {
            "path_share": float(share_of[link["id"]]),
            "dominated_finals": dominated / len(finals) if finals else 0,
            "blocked_weight": weight,
            "concentration": 1 if external else hhi or 0,
        }
        rows[link["id"]] = {
            "link": link["id"],
            "name": link["name"],
            "chain": link["chain"],
            "path_share": terms["path_share"],
            "dominated_finals": dominated,
            "blocked_finals": len(blocked),
            "blocked_weight": weight,
            "articulation": is_articulation(data, link["id"]),
            "betweenness": betweenness_of[link["id"]],
            "hhi": hhi,
            "external": external,
            "score": score_of(weights, terms),
            "blocks": sorted(blocked, key=gaps.byte_order),
        }
    return rows


def ranked(data, row_of, chain=None):
    """Rows of the non-abstract links (of a chain), best score first, then by id."""
    rows = [row_of[link["id"]] for link in data["links"]
            if not link["abstract"] and (chain is None or gaps.in_chain(link, chain))]
    return sorted(rows, key=lambda row: (-row["score"], gaps.byte_order(row["link"])))


def analyse(data, chain=None, policy=None):
    return {"rows": ranked(data, every_row(data, policy), chain)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dir")
    parser.add_argument("--chain")
    parser.add_argument("--policy", help="a policy file; what it leaves out stays as it is")
    options = parser.parse_args()
    policy = json.loads(dataset.read_text(options.policy)) if options.policy else None
    json.dump(analyse(dataset.read(options.dir), options.chain, policy), sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
