#!/usr/bin/env python3
"""Where zones stand (engine/include/liantu/position.h), the slow and obvious way.

    positions.py DIR [--policy FILE]

A zone answers for the zones below it too: it holds what they hold, fits the gaps that they
fit, and claims the links that they claim. Its rivals are the zones that have a focus on such
a link themselves, but for those below it and above it: they are one place.
"""

import argparse
import json
import sys

import dataset
import gaps
import targets

def zones_below(data, zone_id):
    """The zone and all that lie below it."""
    parents = {zone["id"]: zone.get("parent") for zone in data["zones"]}
    found = set()
    for zone in parents:
        above = zone
        while above in parents:         # a zone may lie in a region, which is none
            if above == zone_id:
                found.add(zone)
            above = parents[above]
    return found


def holds(data, zone_id):
    """Links that have local producers in the zone."""
    zones = zones_below(data, zone_id)
    rows = []
    for link in data["links"]:
        if link["abstract"]:
            continue
        produce = [(edge, entity) for what, edge, entity in gaps.local_capabilities(data, link)
                   if what == "produce" and entity.get("zone") in zones]
        if produce:
            rows.append({"link": link["id"], "producers": len({entity["id"] for _, entity in produce}),
                         "supply": sum(edge["level"] for edge, _ in produce)})
    return sorted(rows, key=lambda row: gaps.byte_order(row["link"]))


def gaps_of(data, zone_id, listed, values):
    """Listed targets that the zone fits, best fit first, then by rank."""
    links, zones = gaps.by_id(data["links"]), zones_below(data, zone_id)
    rows = [{"link": target["link"], "fit": targets.zone_fit(data, links[target["link"]], values, zones),
             "rank": target["rank"]} for target in listed]
    return sorted((row for row in rows if row["fit"] > 0), key=lambda row: (-row["fit"], row["rank"]))


def overlaps(data, zone_id):
    """Links that the zone claims, and zones elsewhere too."""
    zones = zones_below(data, zone_id)
    above = {zone["id"] for zone in data["zones"] if zone_id in zones_below(data, zone["id"])}
    rows = []
    for link in data["links"]:
        claiming = {edge["from"] for edge in data["focus"] if edge["to"] == link["id"]}
        rivals = claiming - zones - above
        if claiming & zones and rivals:
            rows.append({"link": link["id"], "zones": sorted(rivals, key=gaps.byte_order)})
    return sorted(rows, key=lambda row: gaps.byte_order(row["link"]))


def analyse(data, policy=None, listed=None):
    """{"rows": one a zone}; `listed` are the rows of targets.analyse where they are at hand."""
    values = targets.group_of(policy, "target")
    listed = targets.analyse(data, policy=policy)["rows"] if listed is None else listed
    zones = sorted((zone["id"] for zone in data["zones"]), key=gaps.byte_order)
    return {"rows": [{"zone": zone, "holds": holds(data, zone), "gaps": gaps_of(data, zone, listed, values),
                      "overlaps": overlaps(data, zone)} for zone in zones]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dir")
    parser.add_argument("--policy", help="a policy file; what it leaves out stays as it is")
    options = parser.parse_args()
    policy = json.loads(dataset.read_text(options.policy)) if options.policy else None
    json.dump(analyse(dataset.read(options.dir), policy), sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
