#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes an earlier dataset: earlier.py NEW OLD [--days N] [--seed S] [--edits K] [--chain C] [--as-of DATE]

OLD is NEW as it may have stood N days before: firms that came since are not there yet with what they can do, projects stand at
another stage or are not there, links and capabilities are missing, some that were given up are still there. Deterministic.
"""

import argparse
import datetime
import json
import os
import random
import shutil

STAGES = ["planned", "contacted", "signed", "building", "operating"]
EDGES = ("supply", "capability", "trade", "focus", "prospect", "origin", "lead")
KINDS = ("chains", "links", "firms", "institutions", "zones", "regions", "agencies", "projects", "channels", "kpis") + EDGES


def read(folder):
    """{kind: records} and the header, of a folder of JSON and NDJSON."""
    data = {}
    for kind in KINDS:
        path = os.path.join(folder, kind)
        inside = sorted(os.listdir(path)) if os.path.isdir(path) else []
        files = [os.path.join(path, name) for name in inside] or [path + ".json", path + ".ndjson"]
        data[kind] = []
        for name in filter(os.path.isfile, files):
            with open(name, encoding="utf-8-sig") as file:
                data[kind] += [json.loads(line) for line in file if line.strip()] if name.endswith("ndjson") else json.load(file)
    with open(os.path.join(folder, "dataset.json"), encoding="utf-8-sig") as file:
        data["dataset"] = json.load(file)
    return data


def write(data, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for kind, records in data.items():
        if kind == "dataset":
            with open(os.path.join(folder, "dataset.json"), "w", encoding="utf-8") as file:
                json.dump(records, file, ensure_ascii=False)
        elif records:
            with open(os.path.join(folder, kind + ".ndjson"), "w", encoding="utf-8") as file:
                file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    return folder


class Past:
    """Undoes things in a dataset, one call each."""

    def __init__(self, data, rng, chain=None):
        self.data, self.rng, self.made = data, rng, 0
        links = [link for link in data["links"] if chain in (None, link["chain"]) or chain in link.get("also", ())]
        self.links = {link["id"] for link in links if not link.get("abstract")}

    def without(self, *nodes):
        gone = set(nodes)
        for kind in KINDS:
            if kind in EDGES:
                self.data[kind] = [edge for edge in self.data[kind] if not {edge["from"], edge["to"]} & gone]
            else:
                self.data[kind] = [record for record in self.data[kind] if record.get("id") not in gone]
        for project in self.data["projects"]:
            if project.get("firm") in gone:
                del project["firm"]
        for trade in self.data["trade"]:
            if trade.get("link") in gone:
                del trade["link"]

    def works(self, kind):
        ids = {record["id"] for record in self.data[kind]}
        return [edge for edge in self.data["capability"] if edge["from"] in ids and edge["to"] in self.links]

    def pick(self, found):
        return self.rng.choice(found) if found else None

    def firm_came(self):
        edge = self.pick(self.works("firms"))
        if edge:
            self.without(edge["from"])

    def capability_came(self):
        edge = self.pick(self.works("firms") + self.works("projects"))
        if edge:
            self.data["capability"].remove(edge)

    def capability_went(self):
        firm, link = self.pick(self.data["firms"]), self.pick(sorted(self.links))
        have = {(edge["from"], edge["to"]) for edge in self.data["capability"]}
        if firm and link and (firm["id"], link) not in have:
            self.data["capability"].append({"from": firm["id"], "to": link, "level": self.rng.choice([.3, 1])})

    def projects(self):
        bearing = {edge["from"] for edge in self.works("projects")}
        return [project for project in self.data["projects"] if project["id"] in bearing or self.rng.random() < .2]

    def project_moved(self):
        forward = self.rng.random() < .8  # mostly a project goes on
        found = [(project, STAGES.index(project.get("stage", "planned"))) for project in self.projects()]
        found = [(project, now) for project, now in found if (now > 0 if forward else now + 1 < len(STAGES))]
        if found:
            project, now = self.rng.choice(found)
            project["stage"] = self.rng.choice(STAGES[:now] if forward else STAGES[now + 1:])

    def project_came(self):
        project = self.pick(self.projects())
        if project:
            self.without(project["id"])

    def project_went(self):
        self.made += 1
        zone, link = self.pick(self.data["zones"]), self.pick(sorted(self.links))
        if zone and link:
            self.data["projects"].append({"id": "given-up-%d" % self.made, "name": "已撤下项目%d" % self.made, "zone": zone["id"],
                                          "stage": self.rng.choice(STAGES)})
            self.data["capability"].append({"from": "given-up-%d" % self.made, "to": link})

    def link_came(self):
        link = self.pick(sorted(self.links))
        if link:
            self.links.discard(link)
            self.without(link)

    def link_went(self):
        link = self.pick([link for link in self.data["links"] if link["id"] in self.links])
        if not link:
            return
        self.made += 1
        new = {"id": "left-out-%d" % self.made, "name": "已并入环节%d" % self.made, "chain": link["chain"]}
        self.data["links"].append(new)
        self.data["supply"].append({"from": new["id"], "to": link["id"], "need": "optional"})

    def link_changed(self):
        link = self.pick([link for link in self.data["links"] if link["id"] in self.links])
        if not link:
            return
        field, values = self.rng.choice([("demand", [.5, 2, 3]), ("survey", ["none", "complete"]), ("importance", [.2, .9])])
        link[field] = self.rng.choice(values)

    def mend(self):
        """Drops k where a group has lost members."""
        size = {}
        for edge in self.data["supply"]:
            key = edge["to"], edge.get("group")
            size[key] = size.get(key, 0) + 1
        for edge in self.data["supply"]:
            if edge.get("group") and edge.get("k", 1) > size[edge["to"], edge["group"]]:
                edge["k"] = 1
        for edge in self.data["supply"]:
            if edge.get("group"):
                edge["k"] = min(other.get("k", 1) for other in self.data["supply"]
                                if other["to"] == edge["to"] and other.get("group") == edge["group"])


STEPS = ["project_moved"] * 4 + ["firm_came"] * 2 + ["capability_came"] * 3 + ["project_came"] * 2 + [
    "capability_went", "project_went", "link_came", "link_went", "link_changed"]


def earlier(new, old, days=30, seed=1, edits=12, chain=None, as_of=None):
    rng = random.Random("%s %s" % (seed, days))
    data = read(new)
    past = Past(data, rng, chain)
    for _ in range(edits):
        getattr(past, rng.choice(STEPS))()
    past.mend()
    if as_of is not None:
        data["dataset"]["as_of"] = as_of
    elif "as_of" in data["dataset"]:
        then = datetime.date.fromisoformat(data["dataset"]["as_of"]) - datetime.timedelta(days)
        data["dataset"]["as_of"] = then.isoformat()
    return write(data, old)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("new")
    parser.add_argument("old")
    for name, kind, default in (("days", int, 30), ("seed", int, 1), ("edits", int, 12), ("chain", str, None), ("as-of", str, None)):
        parser.add_argument("--" + name, type=kind, default=default)
    given = parser.parse_args()
    earlier(given.new, given.old, given.days, given.seed, given.edits, given.chain, given.as_of)
