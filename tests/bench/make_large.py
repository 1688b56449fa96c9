#!/usr/bin/env python3
"""Write a large seeded dataset for measuring.

    make_large.py DIR [--firms N] [--capabilities N] [--links N] [--shape layers|random] [--pad BYTES] [--prospects N]

Links in layers, or joined at random (most of them then form one large cycle), with five required, optional and grouped
supply edges each; firms half of them local; --prospects adds what targeting looks at: so many prospects of firms from elsewhere
(a tenth of them on chains), 200 zones with 20 focus edges each, origins, choke and priority links, surveys; --pad makes the capability records longer (a note), for files of a wanted size.
"""

import argparse
import json
import os
import random

LAYERS = 20


def write(folder, kind, records):
    with open(os.path.join(folder, kind + ".ndjson"), "w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def supply(rng, links):
    width = max(1, links // LAYERS)
    for to in range(width, links):
        layer = to // width
        suppliers = rng.sample(range((layer - 1) * width, layer * width), min(5, width))
        for place, supplier in enumerate(suppliers):
            edge = {"from": "l%d" % supplier, "to": "l%d" % to}
            if place in (1, 2):
                edge["group"] = "g"
            elif place == 3:
                edge["need"] = "optional"
            yield edge


def random_supply(rng, links):
    for to in range(links):
        for supplier in rng.sample(range(links), min(6, links)):
            kind = rng.random()
            if supplier != to:
                yield {"from": "l%d" % supplier, "to": "l%d" % to,
                       **({"group": "g"} if kind < .5 else {"need": "optional"} if kind < .7 else {})}


def capabilities(rng, firms, links, count, pad):
    """Distinct (firm, link) pairs; count must be well below firms × links."""
    each = count // firms
    note = {"note": "注" * (pad // 3)} if pad else {}
    for firm in range(firms):
        for link in rng.sample(range(links), each):
            yield {"from": "f%d" % firm, "to": "l%d" % link, "level": rng.choice((.2, .4, .7, 1)),
                   "source": "web#%d" % (firm % 1000), "basis": "inferred", **note}


def targeting(folder, rng, links, firms, prospects):
    """Zones, focus, origins and prospects; distinct pairs by construction."""
    write(folder, "zones", ({"id": "z%d" % i, "name": "园区%d" % i} for i in range(200)))
    write(folder, "focus", ({"from": "z%d" % zone, "to": "l%d" % link}
                            for zone in range(200) for link in rng.sample(range(links), 20)))
    write(folder, "origin", ({"from": "away", "to": "c%d" % i} for i in range(20)))
    each = max(1, prospects // (firms // 2))
    write(folder, "prospect", ({"from": "f%d" % firm, "to": to}
                               for firm in range(0, min(firms, 2 * prospects), 2)
                               for to in ({"l%d" % rng.randrange(links) for _ in range(each)} if rng.random() < .9
                                          else {"c%d" % rng.randrange(20)})))


def link(rng, i, rich):
    record = {"id": "l%d" % i, "name": "环节%d" % i, "chain": "c%d" % (i % 20)}
    if rich:
        record.update(importance=round(rng.random(), 3), demand=rng.choice((50, 200, 1000)),
                      choke=rng.random() < .02, priority=rng.random() < .2,
                      survey="none" if rng.random() < .1 else "partial")
    return record


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--firms", type=int, default=100_000)
    parser.add_argument("--capabilities", type=int, default=500_000)
    parser.add_argument("--links", type=int, default=10_000)
    parser.add_argument("--shape", choices=("layers", "random"), default="layers")
    parser.add_argument("--prospects", type=int, default=0)
    parser.add_argument("--pad", type=int, default=0)
    args = parser.parse_args()
    rng = random.Random(1)
    os.makedirs(args.folder, exist_ok=True)
    with open(os.path.join(args.folder, "dataset.json"), "w", encoding="utf-8") as file:
        json.dump({"format": "liantu/1", "id": "large", "home": "home", "sources": [{"id": "web"}]}, file)
    write(args.folder, "regions", [{"id": "home", "name": "本地"}, {"id": "away", "name": "外地"}])
    write(args.folder, "chains", [{"id": "c%d" % i, "name": "链%d" % i} for i in range(20)])
    write(args.folder, "links", (link(rng, i, args.prospects > 0) for i in range(args.links)))
    write(args.folder, "firms", ({"id": "f%d" % i, "name": "企业%d" % i, "region": "home" if i % 2 else "away"}
                                 for i in range(args.firms)))
    write(args.folder, "supply", (supply if args.shape == "layers" else random_supply)(rng, args.links))
    write(args.folder, "capability", capabilities(rng, args.firms, args.links, args.capabilities, args.pad))
    if args.prospects:
        targeting(args.folder, rng, args.links, args.firms, args.prospects)


if __name__ == "__main__":
    main()
