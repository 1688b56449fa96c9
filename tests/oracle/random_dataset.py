#!/usr/bin/env python3
"""Write a seeded random valid dataset.

    random_dataset.py SEED DIR [--links N] [--order K] [--alternatives | --rich]

The same seed gives the same dataset; --order K (default 0) changes nothing but the
order of its records. Levels are multiples of 1/16 and demands of 1/2, so that sums
meet the thresholds exactly; every tenth seed uses decimal levels instead. With
--alternatives (other datasets of the same seeds) most links are missing and most inputs
can be had from several suppliers, so that there are many ways to unlock a link. With
--rich (other datasets again, of a random stream of their own) there is more of what a
targeting list weighs: zones with focus, prospects, research, segments, near misses.
"""

import argparse
import json
import os
import random

import dataset

NAMES = ("正极材料", "负极材料", "隔膜", "电解液", "动力电池", "固态电解质", "生物基材料", "抗体药物",
         "诊断试剂", "氢燃料电池电堆", "双极板", "Cell & Pack", "PCR “kit” <v2>", "Ünïcode é̃",
         "𠮷田部品", "电池回收♻", "a\\b/c", "it's 'quoted'", "مصنع", "100% 国产")
ID_STEMS = ("链", "正极-材料", "a\"b", "it's", "<b>&amp;", "x&y", "🚗电池", "！", "ﬁ", "𠮷", "\u00e9", "e\u0301",
            "a/b", "a\\b", "%s%n", "#1", "c,d;e", "$(x)", "`q`", "{k}", "[0]", "A", "a", "Z", "_", "~",
            "=1+1", "@it", "|", "*", "..", "null", "true", "0", "مصنع")
GROUPS = ("g", "正极路线", "route 1", "a\"b", "<&>", "🔋")
PLACES = ("#专栏八", "#第3章 第2节", "#p. 12", "#“542”<&>", "")
BINARY_LEVELS = tuple(n / 16 for n in range(1, 17)) + (.25, .5, .75, 1, 1, 1)
DECIMAL_LEVELS = (.05, .1, .2, .3, .4, .6, .7, .85, .9, 1)
BINARY_DEMANDS = (0, .5, 1, 1, 1.5, 2, 3, 4)
DECIMAL_DEMANDS = (0, .1, .3, .7, 1, 1.2, 1.7, 2.4)
IMPORTANCES = tuple(n / 64 for n in range(0, 65, 8)) + (0, 1, .1, .35, .9)
USCC_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
EXTRAS = (("x-备注", "保留我"), ("x_number", 1.5), ("x_list", [1, "二", None, {"k": []}]),
          ("x_object", {"深": {"er": [True, False]}}), ("x \"key\"", ""), ("x_null", None))


def uscc(rng):
    body = "".join(rng.choice(USCC_DIGITS) for _ in range(17))
    total = sum(USCC_DIGITS.index(digit) * weight for digit, weight in zip(body, USCC_WEIGHTS))
    return body + USCC_DIGITS[(31 - total % 31) % 31]


class Builder:
    """The records of one dataset. Chances are drawn once a seed, so that seeds differ in kind."""

    def __init__(self, seed, links=None, alternatives=False, rich=False):
        rng = self.rng = random.Random("liantu %s%d" % ("rich " * rich, seed))
        self.seed, self.rich = seed, rich
        self.link_count = links if links is not None else rng.randint(10, 60)
        self.odd_ids = rng.choice((0, .2, .8))
        self.decorated = rng.choice((0, .15, .5))
        self.edges_per_link = rng.choice((.4, 1, 1.5, 2, 4, 6))
        self.abstract = rng.choice((0, .1, .25, .5))
        self.cyclic = rng.random() < .6
        self.grouped = rng.choice((0, .3, .7))
        self.optional = rng.choice((0, .2, .5))
        self.capabilities = rng.choice(((0, 0, 0, 1), (0, 0, 1, 1, 2, 3), (0, 1, 1, 2, 3, 4, 6), (1, 2, 3)))
        self.group_sizes = (1, 4)
        self.one_is_enough = 0
        if alternatives:
            self.edges_per_link = min(max(self.edges_per_link, 1.5), 2.5)
            self.grouped, self.optional = .95, .2
            self.group_sizes = (2, 4)
            self.one_is_enough = .7
            self.capabilities = (0, 0, 0, 0, 1)
        # How much there is of what only a rich dataset has more of.
        self.zones, self.institutions = (0, 5), (0, 8)
        self.segments = (0, 1, 3, 4)
        self.favoured = .3                              # chance that choke and priority are given
        self.edge_counts = {}
        if rich:
            self.enrich(rng)
        decimal = seed % 10 == 9
        self.levels = DECIMAL_LEVELS if decimal else BINARY_LEVELS
        self.demands = DECIMAL_DEMANDS if decimal else BINARY_DEMANDS
        self.ids = set()
        self.source_ids = ["plan", "网页", "a&b<c>", "s-4"][:rng.randint(0, 4)]
        self.data = {kind: [] for kind in dataset.KINDS}

    def enrich(self, rng):
        # So few inputs a link that much is producible, or would be for one more link.
        self.edges_per_link = rng.choice((.6, 1, 1.5, 2))
        self.one_is_enough = rng.choice((0, .5, .8))
        self.capabilities = rng.choice(((0, 0, 0, 1), (0, 0, 1, 1, 2, 3), (0, 1, 2, 4), (1, 2, 2, 3, 4)))
        self.zones, self.institutions = (1, 7), (2, 12)
        self.segments = (0, 1, 2, 2)
        self.favoured = .6
        self.edge_counts = {"focus": (0, 3, 10, 30), "prospect": (0, 6, 25, 60), "origin": (3, 12), "lead": (3, 12)}

    def chance(self, probability):
        return self.rng.random() < probability

    def some(self, values, most):
        return self.rng.sample(values, self.rng.randint(0, min(most, len(values))))

    def new_id(self, kind, plain=False):
        number = len(self.ids)
        new = "%s-%d" % (kind[:2], number)
        if not plain and self.chance(self.odd_ids):
            new = "%s%d" % (self.rng.choice(ID_STEMS), number)
            if self.chance(.03):                        # the longest legal id
                new += "x" * (128 - len(new.encode("utf-8")))
        self.ids.add(new)
        return new

    def decorate(self, record):
        """The fields that any record may carry."""
        rng = self.rng
        if self.chance(.35):
            record["basis"] = rng.choice(("stated", "stated", "inferred", "assumed"))
        if self.source_ids and self.chance(.4):
            source = [rng.choice(self.source_ids) + rng.choice(PLACES) for _ in range(rng.randint(1, 3))]
            record["source"] = source[0] if len(source) == 1 and self.chance(.7) else source
        if self.chance(self.decorated):
            record["note"] = rng.choice(("见规划 \"专栏\"", "line\nbreak\ttab", "<script>&"))
        if self.chance(self.decorated / 2):
            key, value = rng.choice(EXTRAS)
            record[key] = value
        return record

    def node(self, kind, plain_id=False, **fields):
        record = {"id": self.new_id(kind, plain_id), "name": self.rng.choice(NAMES)}
        if self.chance(self.decorated):
            record["aliases"] = self.some(NAMES, 3)
        record.update((field, value) for field, value in fields.items() if value is not None)
        self.data[kind].append(self.decorate(record))
        return record

    def edge(self, kind, source, target, **fields):
        record = {"from": source, "to": target}
        record.update((field, value) for field, value in fields.items() if value is not None)
        self.data[kind].append(self.decorate(record))
        return record

    def maybe(self, probability, *values):
        return self.rng.choice(values) if self.chance(probability) else None

    def id_of(self, kind):
        """An id of the kind, None when it has no record."""
        return self.rng.choice(self.data[kind])["id"] if self.data[kind] else None

    # Places

    def build_regions(self):
        above, self.home = None, None
        for _ in range(self.rng.randint(0, 2)):
            above = self.node("regions", parent=above)["id"]
        self.home = self.node("regions", parent=above)["id"]
        self.inside, self.outside = [self.home], [above] if above else []
        for _ in range(self.rng.randint(0, 4)):
            self.inside.append(self.node("regions", parent=self.rng.choice(self.inside))["id"])
        for _ in range(self.rng.randint(1, 4)):
            parent = self.rng.choice(self.outside + [None])
            self.outside.append(self.node("regions", parent=parent)["id"])

    def build_zones(self):
        for _ in range(self.rng.randint(*self.zones)):
            self.node("zones", type=self.maybe(.9, "zone", "county", "park"),
                      level=self.maybe(.7, "national", "provincial", "municipal", "county"),
                      parent=self.zone_parent())

    def zone_parent(self):
        parent = self.id_of("zones") if self.chance(.3) else None
        if self.rich and parent is None:
            parent = self.maybe(.3, *self.inside)       # a zone of a region, not of a zone
        return parent

    def place(self):
        """(region, zone): inside, outside, by zone alone, outside with a zone, or nowhere."""
        zone = self.id_of("zones")
        return self.rng.choice((
            (self.rng.choice(self.inside), None), (self.rng.choice(self.inside), zone),
            (self.home, None), (None, zone), (self.rng.choice(self.outside), zone),
            (self.rng.choice(self.outside), None), (None, None)))

    # Chains and links

    def build_chains(self):
        for index in range(self.rng.choice((1, 2, 3, 4, 6))):
            segments = []
            for number in range(self.rng.choice(self.segments)):
                stage = self.rng.choice(("upstream", "midstream", "downstream", "support"))
                # Segment ids are their chain's own: the same one may serve several chains.
                segments.append({"id": "s%d" % number if self.chance(.5) else "段-%d-%d" % (index, number),
                                 "name": self.rng.choice(NAMES), "stage": stage})
            figure = {"metric": "产值", "value": self.rng.choice((100, 1500.5)), "unit": "亿元", "year": 2025}
            self.node("chains", tier=self.maybe(.9, "traditional", "emerging", "future", "other"),
                      segments=segments or None, goal=figure if self.chance(.4) else None,
                      baseline=dict(figure, year=2020) if self.chance(.4) else None)

    def build_links(self):
        weightless = {chain["id"] for chain in self.data["chains"] if self.chance(.08)}
        busy = self.data["chains"][:-1] if len(self.data["chains"]) > 3 and self.chance(.4) else self.data["chains"]
        for _ in range(self.link_count):
            chain = self.rng.choice(busy)
            segments = chain.get("segments", [])
            others = [other["id"] for other in busy if other is not chain]
            abstract = self.chance(self.abstract)
            self.node(
                "links", chain=chain["id"],
                segment=self.rng.choice(segments)["id"] if segments and self.chance(.8) else None,
                also=self.some(others, 2) if self.chance(.25) else None,
                demand=self.maybe(.5, *self.demands),
                importance=0 if chain["id"] in weightless else self.maybe(.7, *IMPORTANCES),
                choke=self.maybe(self.favoured, True, False), priority=self.maybe(self.favoured, True, False),
                final=self.maybe(.2, True, False),
                survey=self.maybe(.7, "none", "partial", "complete"),
                abstract=True if abstract else self.maybe(.1, False),
                codes=self.maybe(.2, {"gbt4754-2017": ["3841", "0111"], "sei-2018": ["1.2.3"], "hs": []}, {}))

    def build_supply(self):
        links = self.data["links"][:]
        self.rng.shuffle(links)
        places = range(len(links))
        pairs = set()
        for _ in range(int(self.edges_per_link * len(links))):
            supplier, consumer = self.rng.choice(places), self.rng.choice(places)
            both_abstract = links[supplier].get("abstract") and links[consumer].get("abstract")
            # Abstract links among themselves go forward only: no cycle of abstract links alone.
            if supplier > consumer and (both_abstract or not self.cyclic):
                supplier, consumer = consumer, supplier
            if supplier != consumer:
                pairs.add((supplier, consumer))
        for consumer in places:
            suppliers = [links[one]["id"] for one, other in sorted(pairs) if other == consumer]
            self.build_inputs(suppliers, links[consumer]["id"])

    def build_inputs(self, suppliers, consumer):
        """Split the suppliers of one consumer into groups of alternatives, optional and single edges."""
        self.rng.shuffle(suppliers)
        names = self.rng.sample(GROUPS, len(GROUPS))
        while suppliers:
            share = self.maybe(.2, 0, 1, .25, .125)
            if names and self.chance(self.grouped):
                members = [suppliers.pop() for _ in range(min(len(suppliers), self.rng.randint(*self.group_sizes)))]
                k = self.rng.randint(1, len(members))
                # Without the option nothing may be drawn here: the datasets of the seeds would change.
                if self.one_is_enough and self.chance(self.one_is_enough):
                    k = 1
                group = names.pop()
                for member in members:
                    self.edge("supply", member, consumer, need=self.maybe(.3, "required"), group=group,
                              k=k if k > 1 else self.maybe(.3, 1), share=share)
                # An optional edge is in no group, though it may carry the name of one.
                if k == 1 and suppliers and self.chance(.2):
                    self.edge("supply", suppliers.pop(), consumer, need="optional", group=group)
            elif self.chance(self.optional):
                self.edge("supply", suppliers.pop(), consumer, need="optional", share=share)
            else:
                self.edge("supply", suppliers.pop(), consumer, need=self.maybe(.3, "required"), share=share)

    # Who acts on them

    def build_actors(self):
        for _ in range(self.rng.randint(0, self.link_count)):
            region, zone = self.place()
            self.node("firms", region=region, zone=zone,
                      grade=self.maybe(.6, "leader", "backbone", "growing", "small"),
                      tags=self.some(("专精特新", "上市", "a,b"), 2) if self.chance(.3) else None,
                      uscc=uscc(self.rng) if self.chance(.4) else None)
        for _ in range(self.rng.randint(*self.institutions)):
            region, zone = self.place()
            self.node("institutions", region=region, zone=zone,
                      type=self.maybe(.9, "university", "lab", "institute", "platform", "association", "fund", "other"))
        for _ in range(self.rng.randint(0, self.link_count // 2)):
            region, zone = self.place()
            self.node("projects", stage=self.maybe(.9, "planned", "contacted", "signed", "building", "operating"),
                      firm=self.id_of("firms") if self.chance(.4) else None, region=region, zone=zone,
                      invest=self.maybe(.5, 20, 3.75))
        for _ in range(self.rng.randint(0, 3)):
            self.node("agencies")
        chains = [chain["id"] for chain in self.data["chains"]]
        for _ in range(self.rng.randint(0, 3)):
            self.node("channels", type=self.maybe(.9, "fair", "office", "chamber", "fund", "platform", "programme"),
                      region=self.rng.choice(self.inside + self.outside) if self.chance(.7) else None,
                      chains=self.some(chains, 3) if self.chance(.6) else None)
        for _ in range(self.rng.randint(0, 3)):
            self.node("kpis", metric="营业收入", value=self.rng.choice((1200, .5)), unit="亿元", year=2025,
                      scope=self.rng.choice(chains + [self.home, self.id_of("zones") or self.home]),
                      actual=self.maybe(.5, 800, 0))

    def build_capabilities(self):
        holders = [(kind, record["id"]) for kind in ("firms", "projects", "institutions")
                   for record in self.data[kind]]
        if not holders:
            return
        for link in self.data["links"]:
            taken = self.build_research(link) if self.rich else set()
            count = self.rng.choice(self.capabilities) if not link.get("abstract") or self.chance(.1) else 0
            for _ in range(count):
                kind, holder = self.rng.choice(holders)
                role = self.maybe(.5, "produce", "research", "service")
                meant = role or ("research" if kind == "institutions" else "produce")
                if (holder, meant) not in taken:
                    taken.add((holder, meant))
                    self.edge("capability", holder, link["id"], role=role, level=self.maybe(.8, *self.levels))

    def build_research(self, link):
        """Research of institutions beside what else there is; the (holder, role) pairs that are taken then."""
        institutions = [record["id"] for record in self.data["institutions"]]
        chosen = self.some(institutions, 3) if self.chance(.3) else []
        for institution in chosen:
            self.edge("capability", institution, link["id"], level=self.maybe(.6, *self.levels))
        return {(institution, "research") for institution in chosen}

    def is_outside(self, record):
        return "zone" not in record and record.get("region") not in self.inside

    def build_other_edges(self):
        links = [link["id"] for link in self.data["links"]]
        chains = [chain["id"] for chain in self.data["chains"]]
        firms = [firm["id"] for firm in self.data["firms"]]
        outside = [record["id"] for kind in ("firms", "institutions")
                   for record in self.data[kind] if self.is_outside(record)]
        zones = [zone["id"] for zone in self.data["zones"]]
        regions = [region["id"] for region in self.data["regions"]]
        leads = [agency["id"] for agency in self.data["agencies"]] + firms
        aims = links + (3 * chains if self.rich else chains)
        self.pairs("trade", firms, firms, lambda: {"amount": self.maybe(.7, 12.5, 3),
                                                   "link": self.rng.choice(links) if self.chance(.5) else None})
        self.pairs("focus", zones, aims, dict)
        # No pair has both an edge without role and one with: what the missing role stands for is left open.
        self.pairs("prospect", outside, aims,
                   lambda: {"role": self.maybe(.8, "produce", "research", "customer", "association")})
        self.pairs("origin", regions, aims, dict)
        self.pairs("lead", leads, chains, lambda: {"role": self.maybe(.8, "leader", "unit", "alliance")})

    def pairs(self, kind, sources, targets, fields):
        roles = {}
        for _ in range(self.rng.choice(self.edge_counts.get(kind, (0, 2, 8))) if sources else 0):
            source, target, more = self.rng.choice(sources), self.rng.choice(targets), fields()
            taken, role = roles.setdefault((source, target), set()), more.get("role")
            if source != target and role not in taken and None not in taken and (role or not taken):
                taken.add(role)
                self.edge(kind, source, target, **more)

    def build_dataset(self):
        sources = [{"id": source, "title": self.rng.choice(NAMES)} for source in self.source_ids]
        for source in sources:
            if self.chance(.5):
                source.update(publisher="某市人民政府", date="2022-12-07")
        head = {"format": "liantu/1", "id": "random-%d" % self.seed, "title": self.rng.choice(NAMES),
                "home": self.home, "as_of": "2022-12-07"}
        if sources or self.chance(.5):
            head["sources"] = sources
        if self.chance(.3):
            head["x-note"] = {"kept": [1, 2]}
        return head

    def build(self):
        self.build_regions()
        self.build_zones()
        self.build_chains()
        self.build_links()
        self.build_supply()
        self.build_actors()
        self.build_capabilities()
        self.build_other_edges()
        self.data["dataset"] = self.build_dataset()
        return self.data


# Files

def write(path, text, bom=False):
    with open(path, "wb") as file:
        file.write((b"\xef\xbb\xbf" if bom else b"") + text.encode("utf-8"))


def array_text(rng, records):
    escaped = rng.random() < .2
    style = rng.choice(("pretty", "lines", "one line"))
    if style == "pretty":
        return json.dumps(records, ensure_ascii=escaped, indent=rng.choice((1, 2, "\t"))) + "\n"
    if style == "lines" and records:
        lines = [json.dumps(record, ensure_ascii=escaped) for record in records]
        return "[\n" + ",\n".join(lines) + "\n]" + rng.choice(("", "\n"))
    return json.dumps(records, ensure_ascii=escaped, separators=(",", ":"))


def ndjson_text(rng, records):
    end = rng.choice(("\n", "\n", "\r\n"))
    escaped = rng.random() < .2
    lines = [json.dumps(record, ensure_ascii=escaped) for record in records]
    return end.join(lines) + (end if records and rng.random() < .8 else "")


def write_file(rng, path, records):
    if rng.random() < .5:
        write(path + ".json", array_text(rng, records), bom=rng.random() < .2)
    else:
        write(path + ".ndjson", ndjson_text(rng, records), bom=bool(records) and rng.random() < .2)


def write_folder(rng, path, records):
    os.mkdir(path)
    names = rng.sample(("a", "b", "10", "9", "Z", "é", "数据", "x y"), rng.randint(1, 4))
    cuts = [0] + sorted(rng.randint(0, len(records)) for _ in names[1:]) + [len(records)]
    for name, start, end in zip(names, cuts, cuts[1:]):
        write_file(rng, os.path.join(path, name), records[start:end])


def write_kind(rng, folder, kind, records):
    if not records and rng.random() < .7:
        return
    path = os.path.join(folder, kind)
    if rng.random() < .2:
        write_folder(rng, path, records)
    else:
        write_file(rng, path, records)


def make(seed, dir, links=None, order=0, alternatives=False, rich=False):
    """Write the dataset of a seed; `order` changes the order of records and nothing else."""
    data = Builder(seed, links, alternatives, rich).build()
    os.makedirs(dir, exist_ok=True)
    shuffler = random.Random("order %d %d" % (seed, order))
    forms = random.Random("forms %d" % seed)
    write(os.path.join(dir, "dataset.json"),
          json.dumps(data["dataset"], ensure_ascii=False, indent=forms.choice((None, 2))),
          bom=forms.random() < .2)
    for kind in dataset.KINDS:
        shuffler.shuffle(data[kind])
        # A kind's own draws: how one file is laid out must not depend on another's records.
        write_kind(random.Random("forms %d %s" % (seed, kind)), dir, kind, data[kind])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("seed", type=int)
    parser.add_argument("dir")
    parser.add_argument("--links", type=int)
    parser.add_argument("--order", type=int, default=0)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--alternatives", action="store_true")
    kind.add_argument("--rich", action="store_true")
    options = parser.parse_args()
    make(options.seed, options.dir, options.links, options.order, options.alternatives, options.rich)


if __name__ == "__main__":
    main()
