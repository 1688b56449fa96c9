#!/usr/bin/env python3
"""Hold `liantu diff` against brute force on seeded random pairs of datasets; prints TAP.

    compare_diff.py LIANTU [--seeds A B]

Each seed: a random dataset (`random_dataset.py SEED DIR --rich`, of few links) and what
some random changes make of it. Records that differ, with their fields, and effects agree;
every change whose undoing alone undoes an effect is named and no other; where there is
none, undoing the whole set that is named does it and undoing no part of it. Every fourth
seed has two policies; of every tenth the same files in another order give the same bytes.
"""

import copy
import json
import os
import random
import subprocess
import tempfile

import compare_gaps
import compare_seeds
import dataset
import diff
import random_dataset

LEVELS = (.25, .5, .75, 1)
STAGES = ("planned", "contacted", "signed", "building", "operating")


# Mutations: each changes the raw records in place; what makes no valid dataset is tried again.

class Mutation:
    def __init__(self, rng, data):
        self.rng, self.data = rng, data
        self.count = 0

    def one(self, kind):
        return self.rng.choice(self.data[kind]) if self.data[kind] else None

    def id_of(self, kind):
        record = self.one(kind)
        return record["id"] if record else None

    def fresh(self, kind):
        self.count += 1
        return "new-%s-%d-%d" % (kind, self.count, self.rng.randrange(1000))

    def set_or_clear(self, record, field, values):
        value = self.rng.choice(values)
        if value is None:
            record.pop(field, None)
        else:
            record[field] = value

    def add_firm(self):
        firm = {"id": self.fresh("firm"), "name": "新企业", "region": self.data["dataset"]["home"]}
        if self.rng.random() < .3:
            firm["grade"] = "leader"
        self.data["firms"].append(firm)
        for link in self.rng.sample(self.data["links"], min(len(self.data["links"]), self.rng.randint(1, 3))):
            self.data["capability"].append({"from": firm["id"], "to": link["id"], "level": self.rng.choice(LEVELS)})

    def add_project(self):
        project = {"id": self.fresh("project"), "name": "新项目", "stage": self.rng.choice(STAGES),
                   "region": self.data["dataset"]["home"]}
        self.data["projects"].append(project)
        self.data["capability"].append({"from": project["id"], "to": self.id_of("links")})

    def add_capability(self):
        holder = self.id_of(self.rng.choice(("firms", "firms", "projects", "institutions")))
        if holder:
            self.data["capability"].append({"from": holder, "to": self.id_of("links"), "level": self.rng.choice(LEVELS)})

    def drop_capability(self):
        edge = self.one("capability")
        if edge:
            self.data["capability"].remove(edge)

    def crowd(self):
        """Several come to one link, so that no single one of them decides."""
        link = self.id_of("links")
        for _ in range(self.rng.randint(2, 5)):
            self.count += 100
            firm = {"id": self.fresh("firm"), "name": "新企业", "region": self.data["dataset"]["home"]}
            self.data["firms"].append(firm)
            self.data["capability"].append({"from": firm["id"], "to": link, "level": self.rng.choice(LEVELS)})

    def clear_link(self):
        """Everybody leaves a link."""
        link = self.id_of("links")
        self.data["capability"] = [edge for edge in self.data["capability"] if edge["to"] != link]

    def change_capability(self):
        edge = self.one("capability")
        if edge:
            self.set_or_clear(edge, "level", LEVELS + (None,))

    def drop_node(self):
        kind = self.rng.choice(("firms", "firms", "projects", "institutions", "links", "zones", "regions", "chains"))
        record = self.one(kind)
        if not record or record["id"] == self.data["dataset"]["home"] or len(self.data[kind]) < 2:
            return
        gone = record["id"]
        self.data[kind].remove(record)
        for edges in dataset.EDGE_KINDS:
            self.data[edges] = [edge for edge in self.data[edges] if gone not in (edge["from"], edge["to"])]
        for nodes in dataset.KINDS:
            for other in self.data[nodes]:
                for field in ("region", "zone", "parent", "firm", "scope", "link"):
                    if other.get(field) == gone:
                        del other[field]
                for field in ("also", "chains"):
                    if gone in other.get(field, ()):
                        other[field] = [chain for chain in other[field] if chain != gone]

    def change_firm(self):
        kind = self.rng.choice(("firms", "firms", "projects", "institutions"))
        record = self.one(kind)
        if not record:
            return
        which = self.rng.choice(("region", "zone", "grade", "stage", "name"))
        if which == "region":
            self.set_or_clear(record, "region", [region["id"] for region in self.data["regions"]] + [None])
        elif which == "zone":
            self.set_or_clear(record, "zone", [zone["id"] for zone in self.data["zones"]] + [None])
        elif which == "grade" and kind == "firms":
            self.set_or_clear(record, "grade", ("leader", "small", None))
        elif which == "stage" and kind == "projects":
            self.set_or_clear(record, "stage", STAGES)
        else:
            record["name"] = "改名" + record["name"]

    def change_link(self):
        link = self.one("links")
        which = self.rng.choice(("demand", "importance", "survey", "choke", "priority", "final", "abstract", "note"))
        values = {"demand": (0, .5, 1, 2, 4, None), "importance": (0, .25, .5, 1, None),
                  "survey": ("none", "partial", "complete", None), "note": ("看", None)}
        self.set_or_clear(link, which, values.get(which, (True, False, None)))

    def add_link(self):
        chain = self.id_of("chains")
        link = {"id": self.fresh("link"), "name": "新环节", "chain": chain, "demand": self.rng.choice((0, 1, 2))}
        others = [other["id"] for other in self.data["links"]]
        self.data["links"].append(link)
        for other in self.rng.sample(others, min(2, len(others))):
            ends = [link["id"], other] if self.rng.random() < .5 else [other, link["id"]]
            self.data["supply"].append({"from": ends[0], "to": ends[1]})

    def add_supply(self):
        self.data["supply"].append({"from": self.id_of("links"), "to": self.id_of("links"),
                                    "need": self.rng.choice(("required", "required", "optional"))})

    def drop_supply(self):
        edge = self.one("supply")
        if edge:
            self.data["supply"].remove(edge)

    def change_supply(self):
        edge = self.one("supply")
        if not edge:
            return
        if edge.get("group") and edge.get("need") != "optional" and self.rng.random() < .7:
            members = [other for other in self.data["supply"] if other["to"] == edge["to"]
                       and other.get("group") == edge["group"] and other.get("need") != "optional"]
            k = self.rng.randint(1, len(members))
            for member in members:
                member["k"] = k
        else:
            edge.pop("k", None)
            edge.pop("group", None)
            edge["need"] = self.rng.choice(("required", "optional"))

    def change_region(self):
        region = self.one("regions")
        self.set_or_clear(region, "parent", [other["id"] for other in self.data["regions"]] + [None])

    def change_home(self):
        self.data["dataset"]["home"] = self.id_of("regions")

    def change_header(self):
        header = self.data["dataset"]
        header["as_of"] = "2023-0%d-01" % self.rng.randint(1, 9)
        sources = [dict(source) for source in header.get("sources", ())]
        if sources and self.rng.random() < .5:
            sources[0]["title"] = "改了"
        if self.rng.random() < .5:
            sources.append({"id": self.fresh("source")})
        header["sources"] = sources

    def change_aims(self):
        kind = self.rng.choice(("focus", "prospect"))
        edge = self.one(kind)
        if edge and self.rng.random() < .5:
            self.data[kind].remove(edge)
            return
        start = self.id_of("zones" if kind == "focus" else "firms")
        if start:
            self.data[kind].append({"from": start, "to": self.id_of(self.rng.choice(("links", "chains")))})

    def change_chain(self):
        link, chain = self.one("links"), self.one("chains")
        link.pop("segment", None)
        link["chain"] = chain["id"]
        link["also"] = [other for other in link.get("also", ()) if other != chain["id"]]
        segments = chain.get("segments", ())
        if segments and self.rng.random() < .7:
            link["segment"] = self.rng.choice(segments)["id"]

    def change_other(self):
        kind = self.rng.choice(dataset.KINDS)
        record = self.one(kind)
        if not record:
            return
        field = self.rng.choice(("note", "basis", "source", "x_extra", "x_null"))
        values = {"note": ("新注", None), "basis": ("inferred", "assumed", None), "source": ("new#1", ["a", "b#2"], None),
                  "x_extra": (1, {"k": [2.5, None]}, None)}
        if field == "x_null":
            record[field] = None
        else:
            self.set_or_clear(record, field, values[field])

    STEPS = (add_firm, crowd, crowd, add_project, add_capability, drop_capability, drop_capability, clear_link, change_capability,
             drop_node, drop_node, change_firm, change_firm, change_link, change_link, add_link, add_supply, drop_supply,
             drop_supply, change_supply, change_region, change_home, change_header, change_aims, change_aims, change_chain,
             change_other)

    def step(self):
        self.rng.choice(self.STEPS)(self)


def write(data, folder, rng=None):
    os.makedirs(folder)
    random_dataset.write(os.path.join(folder, "dataset.json"), json.dumps(data["dataset"], ensure_ascii=False))
    for kind in dataset.KINDS:
        records = list(data[kind])
        if rng:
            rng.shuffle(records)
        random_dataset.write(os.path.join(folder, kind + ".json"), json.dumps(records, ensure_ascii=False))


def is_valid(liantu, folder):
    return subprocess.run([liantu, "--data", folder, "validate"], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL).returncode == 0


def mutate(liantu, rng, old, folder):
    """The mutated dataset, written to the folder: each step is kept where it leaves a valid dataset."""
    data, wanted = copy.deepcopy(old), rng.choice((1, 2, 3, 4, 6, 8))
    for attempt in range(60):
        if wanted == 0:
            break
        tried = copy.deepcopy(data)
        mutation = Mutation(rng, tried)
        mutation.count = attempt
        mutation.step()
        path = "%s-%d" % (folder, attempt)
        write(tried, path)
        if is_valid(liantu, path):
            data, wanted = tried, wanted - 1
    write(data, folder)
    return data


def random_policies(rng):
    """Two policies that differ in a few numbers."""
    def numbers(base):
        policy = copy.deepcopy(base)
        for group, name, values in rng.sample((
                ("gap", "weak_below", (.25, .75)), ("gap", "single_hhi", (.5, .95)), ("gap", "strong_producers", (1, 2, 4)),
                ("chance", "planned", (0, .3)), ("chance", "building", (0, .5)), ("target_weights", "pull", (0, 9)),
                ("target_weights", "necessity", (0, 1)), ("target", "no_inputs", (0, 1)), ("target", "zone_on_link", (.7, .8)),
                ("target", "policy_choke", (0, .2))), rng.randint(1, 3)):
            policy.setdefault(group, {})[name] = rng.choice(values)
        return policy
    first = numbers({})
    return first, numbers(first)


# Comparison

def key_of(record):
    """The identity of a record of the answer, as the slow method has it."""
    kind = record["kind"]
    if kind == "dataset":
        return ("dataset",)
    if "id" in record:
        return kind, record["id"]
    return kind, record["from"], record["to"], record.get("role")


def same(one, other):
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return one == other


def change_differences(pair, answer):
    got = {key_of(record): record for record in answer["summary"]["changes"]}
    found = ["changes: a record twice"] * (len(got) < len(answer["summary"]["changes"]))
    found += ["changes: %r is missing" % (key,) for key in pair.changes.keys() - got.keys()]
    found += ["changes: %r has no place here" % (key,) for key in got.keys() - pair.changes.keys()]
    for key in pair.changes.keys() & got.keys():
        word, fields = pair.changes[key]
        record = got[key]
        if record["change"] != word:
            found.append("changes: %r is %r, not %r" % (key, record["change"], word))
        told = {field["field"]: (field["before"], field["after"]) for field in record.get("fields", ())}
        if told.keys() != fields.keys() or not all(same(a, b) for name in fields for a, b in zip(told[name], fields[name])):
            found.append("changes: %r has fields %r, not %r" % (key, told, fields))
    counts = {}
    for key, (word, _) in pair.changes.items():
        counts.setdefault(key[0], dict.fromkeys(("added", "dropped", "changed"), 0))[word] += 1
    told = {row["kind"]: {word: row[word] for word in ("added", "dropped", "changed")} for row in answer["summary"]["records"]}
    return found + (["records: %r, not %r" % (told, counts)] if told != counts else [])


def effect_differences(pair, answer, moved):
    expected = diff.effects(pair.outcome(pair.changes), pair.outcome(()), moved)
    got = {(row["kind"], row["link"]): (row["before"], row["after"]) for row in answer["rows"]}
    found = ["rows: %r %r is missing" % (key, expected[key]) for key in expected.keys() - got.keys()]
    found += ["rows: %r %r has no place here" % (key, got[key]) for key in got.keys() - expected.keys()]
    found += ["rows: %r is %r, not %r" % (key, got[key], expected[key])
              for key in expected.keys() & got.keys() if got[key] != expected[key]]
    return found


def cause_differences(pair, row, moved):
    effect, values = (row["kind"], row["link"]), (row["before"], row["after"])
    causes = [key_of(record) for record in row["because"]]

    def undoes(keys):
        return diff.is_undone(effect, values, pair.outcome(keys), moved)

    alone = {key for key in pair.changes if undoes([key])}
    if alone:
        if row["together"] or set(causes) != alone or not row["exact"]:
            return ["%r: because %r, together %r, exact %r; alone do it %r"
                    % (effect, causes, row["together"], row["exact"], alone)]
        return []
    if not row["together"] or not row["exact"]:
        return ["%r: because %r, together %r, exact %r; nothing does it alone" % (effect, causes, row["together"], row["exact"])]
    found = [] if undoes(causes) else ["%r: undoing %r does not undo it" % (effect, causes)]
    return found + ["%r: of %r the part %r is enough" % (effect, causes, part)
                    for part in diff.proper_parts(causes) if undoes(part)][:1]


def check_seed(liantu, seed):
    rng = random.Random("diff %d" % seed)
    with tempfile.TemporaryDirectory(prefix="liantu-oracle-") as folder:
        paths = [os.path.join(folder, name) for name in ("old", "new")]
        old = random_dataset.Builder(seed, rng.randint(6, 22), rich=True).build()
        write(old, paths[0])
        new = mutate(liantu, rng, old, paths[1])
        policies, before = (None, None), ()
        if seed % 4 == 0:
            policies = random_policies(rng)
            files = [os.path.join(folder, name) for name in ("old-policy.json", "policy.json")]
            for file, policy in zip(files, policies):
                compare_seeds.write_policy(file, **policy)
            before = ("--old-policy", files[0], "--policy", files[1])
        moved = rng.choice((0, 1, 2))
        arguments = (*before, "--moved", str(moved), "--limit", "0", "--format", "json")
        output = run(liantu, "diff", *paths, *arguments)
        answer, pair = compare_seeds.parse(output), diff.Pair(old, new, *policies)
        found = change_differences(pair, answer) or effect_differences(pair, answer, moved)
        for row in answer["rows"] if not found else ():
            found += cause_differences(pair, row, moved)
        code = subprocess.run([liantu, "diff", *paths, *arguments, "--exit-code"], stdout=subprocess.DEVNULL).returncode
        if code != bool(pair.changes):
            found.append("--exit-code gives %d with %d changes" % (code, len(pair.changes)))
        if seed % 10 == 0:
            others = [path + " shuffled" for path in paths]
            for data, other in zip((old, new), others):
                write(data, other, rng)
            if run(liantu, "diff", *others, *arguments, locale="C.UTF-8") != output:
                found.append("other bytes when the records stand in another order")
        return found


def run(liantu, *arguments, locale="C"):
    environment = {**os.environ, "LC_ALL": locale}
    done = subprocess.run([liantu, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    if done.returncode != 0:
        raise compare_gaps.Failure("exit %d: %s" % (done.returncode, done.stderr.decode("utf-8", "replace")))
    return done.stdout


if __name__ == "__main__":
    compare_seeds.main(__doc__, check_seed)
