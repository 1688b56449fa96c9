#!/usr/bin/env python3
"""Write a seeded dataset for measuring maps.

    make_chains.py DIR --links N [--chains N] [--also SHARE]

Chains of eight segments from upstream to support, links with names of common length, about two and a half supply edges a
link, most to one of the next two segments, some within the segment and a few backward; firms for a third of the links.
"""

import argparse
import json
import os
import random

STAGES = ["upstream", "upstream", "upstream", "midstream", "midstream", "downstream", "downstream", "support"]
SYLLABLES = "高新精密电池材料设备合金纤维传感控制器件加工制造服务系统部件芯片装备化工"


def name(rng):
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice([3, 4, 4, 5, 6, 6, 8, 10])))


def write(folder, kind, records):
    with open(os.path.join(folder, kind + ".ndjson"), "w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--links", type=int, default=60)
    parser.add_argument("--chains", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(542)
    os.makedirs(args.folder, exist_ok=True)
    with open(os.path.join(args.folder, "dataset.json"), "w", encoding="utf-8") as file:
        json.dump({"format": "liantu/1", "id": "chains", "title": "chains", "home": "h", "as_of": "2025-01-01"}, file)
    write(args.folder, "regions", [{"id": "h", "name": "新乡市"}])
    chains, links, supply, firms, capability = [], [], [], [], []
    for c in range(args.chains):
        segments = [{"id": f"c{c}s{s}", "name": name(rng), "stage": stage} for s, stage in enumerate(STAGES)]
        chains.append({"id": f"c{c}", "name": name(rng)[:6], "segments": segments, "tier": "emerging"})
        count = args.links // args.chains
        own = [[] for _ in STAGES]
        for i in range(count):
            segment = rng.randrange(len(STAGES))
            link = f"c{c}l{i}"
            own[segment].append(link)
            links.append({"id": link, "name": name(rng), "chain": f"c{c}", "segment": f"c{c}s{segment}",
                          "importance": rng.choice([0.3, 0.5, 0.7, 0.9]), "survey": rng.choice(["none", "partial", "partial"])})
            if rng.random() < 0.35:
                firms.append({"id": f"f{len(firms)}", "name": name(rng)[:4], "region": "h", "grade": rng.choice(["leader", "small"])})
                capability.append({"from": firms[-1]["id"], "to": link, "level": rng.choice([0.3, 1])})
        seen = set()
        for segment, here in enumerate(own):
            for link in here:
                for _ in range(rng.choice([1, 2, 2, 3, 4])):
                    to = segment + rng.choice([0, 1, 1, 1, 2, 2, 3, -1])
                    if not 0 <= to < len(own) or not own[to]:
                        continue
                    other = rng.choice(own[to])
                    if other == link or (link, other) in seen or (to <= segment and (other, link) in seen):
                        continue
                    seen.add((link, other))
                    supply.append({"from": link, "to": other, "need": rng.choice(["required", "optional"])})
    for kind, records in (("chains", chains), ("links", links), ("supply", supply), ("firms", firms), ("capability", capability)):
        write(args.folder, kind, records)


if __name__ == "__main__":
    main()
