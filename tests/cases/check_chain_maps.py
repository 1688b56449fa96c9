#!/usr/bin/env python3
"""Hold the innovation and the supply map against the records and the tables that they draw; prints TAP.

    check_chain_maps.py LIANTU DATA [--few]

Every map is drawn in both languages and on all pages: the program refuses a page that its lint finds fault with. --few takes three chains.
"""

import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

CHAINS = ["agri", "battery", "biomed", "building", "chemical", "equipment", "food", "gene", "green", "hydrogen", "it"]
TYPES = ["innovation", "supply"]
PAGES = ["a3", "a4", "slide"]


def records(folder, kind):
    """The records of a kind, in whatever form they lie."""
    found = []
    place = os.path.join(folder, kind)
    files = [place + ".json", place + ".ndjson"]
    if os.path.isdir(place):
        files += [os.path.join(place, name) for name in sorted(os.listdir(place))]
    for path in files:
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as file:
            text = file.read()
        found += json.loads(text) if path.endswith(".json") else [json.loads(line) for line in text.splitlines() if line.strip()]
    return found


class Data:
    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "dataset.json"), encoding="utf-8") as file:
            self.home = json.load(file)["home"]
        for kind in ("links", "regions", "institutions", "firms", "projects"):
            setattr(self, kind, {record["id"]: record for record in records(folder, kind)})
        self.capability, self.prospect, self.supply = (records(folder, kind) for kind in ("capability", "prospect", "supply"))

    def is_local(self, node):
        record = next(table[node] for table in (self.institutions, self.firms, self.projects) if node in table)
        region = record.get("region")
        while region and region != self.home:
            region = self.regions[region].get("parent")
        return bool(record.get("zone") or region)

    def chain(self, chain):
        return {name for name, link in self.links.items() if link["chain"] == chain or chain in link.get("also", [])}

    def researches(self, edge):
        return edge.get("role", "research" if edge["from"] in self.institutions else "produce") == "research"


class Program:
    def __init__(self, path, folder):
        self.path, self.folder = path, folder

    def run(self, *arguments):
        done = subprocess.run([self.path, "--data", self.folder, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
        if done.returncode:
            raise AssertionError("%s: exit %d, %s" % (" ".join(arguments), done.returncode, done.stderr.decode("utf-8", "replace")))
        return done.stdout

    def table(self, command, chain):
        return {row["link"]: row for row in json.loads(self.run(command, "--chain", chain, "--format", "json"))["rows"]}

    def draw(self, kind, chain, *arguments):
        return ElementTree.fromstring(self.run("map", "--type", kind, "--chain", chain, *arguments))


def groups(svg, word):
    """The groups of a class, as their attributes."""
    return [g.attrib for g in svg.iter("{http://www.w3.org/2000/svg}g") if word in g.get("class", "").split()]


def same(said, expected, what):
    if said != expected:
        raise AssertionError("%s: %r, not %r" % (what, said, expected))


def all_are_drawn(program, _data):
    for kind in TYPES:
        for chain in CHAINS:
            for page in PAGES:
                for lang in ("zh", "en"):
                    program.draw(kind, chain, "--page", page, "--lang", lang)
            program.draw(kind, chain, "--style", "print")


def every_link_stands_once(program, data):
    for kind in TYPES:
        for chain in CHAINS:
            links = sorted(name for name in data.chain(chain) if not data.links[name].get("abstract"))
            same(sorted(g["data-link"] for g in groups(program.draw(kind, chain), "link")), links, "%s %s" % (kind, chain))


def support_is_what_the_records_say(program, data):
    for chain in CHAINS:
        gaps = program.table("gaps", chain)
        svg = program.draw("innovation", chain)
        shown = {g["data-link"]: g["data-research"] for g in groups(svg, "link")}
        named = {edge["to"] for edge in data.prospect if edge["role"] == "research"}
        outside = {edge["to"] for edge in data.capability if data.researches(edge) and not data.is_local(edge["from"])}
        for link, row in gaps.items():
            surveyed = data.links[link].get("survey", "partial") != "none"
            expected = "local" if row["research"] > 0 else "outside" if link in named | outside else "none" if surveyed else "unsurveyed"
            same(shown[link], expected, link)
        without = {link for link, support in shown.items() if support in ("none", "unsurveyed")}
        same(without, {link for link, row in gaps.items() if row["research"] == 0 and link not in named | outside}, chain)


def ties_are_the_edges(program, data):
    for chain in CHAINS:
        links = data.chain(chain)
        svg = program.draw("innovation", chain)
        at_work = {(edge["from"], edge["to"]) for edge in data.capability if edge["to"] in links and data.researches(edge)}
        named = {(edge["from"], edge["to"]) for edge in data.prospect if edge["to"] in links and edge["role"] == "research"}
        same({(g["data-from"], g["data-to"]) for g in groups(svg, "capability")}, at_work, chain)
        same({(g["data-from"], g["data-to"]) for g in groups(svg, "prospect")}, named - at_work, chain)


def research_gaps_come_in_order(program, data):
    for chain in CHAINS:
        rows = program.table("gaps", chain)
        svg = program.draw("innovation", chain)

        def rank(link):
            record = data.links[link]
            return (not record.get("choke", False), not record.get("priority", False), -record.get("importance", 0.5))

        gaps = [link for link, row in rows.items() if row["research"] == 0 and data.links[link].get("survey", "partial") != "none"]
        said = [g["data-link"] for g in groups(svg, "gap")]
        same([rank(link) for link in said], sorted(map(rank, gaps))[:6], chain)
        same(set(said) - set(gaps), set(), chain)


def blocked_finals_are_those_of_the_table(program, _data):
    for chain in CHAINS:
        table = program.table("bottlenecks", chain)
        svg = program.draw("supply", chain)
        shown = {g["data-link"]: int(g["data-blocks"]) for g in groups(svg, "link")}
        same(shown, {link: row["blocked_finals"] for link, row in table.items() if link in shown}, chain)
        status = {link: row["status"] for link, row in program.table("gaps", chain).items()}
        breaks = [link for link in shown if shown[link] and status[link] in ("missing", "pipeline", "single")]
        said = [g["data-link"] for g in groups(svg, "gap")]
        same([shown[link] for link in said], sorted((shown[link] for link in breaks), reverse=True)[:6], chain)
        same(set(said) - set(breaks), set(), chain)


def supply_edges_are_all_there(program, data):
    for chain in CHAINS:
        links = data.chain(chain)
        svg = program.draw("supply", chain)
        inner = [edge for edge in data.supply if edge["from"] in links and edge["to"] in links]
        for word, wanted in (
            ("optional", lambda e: e.get("need") == "optional"),
            ("alternative", lambda e: e.get("need") != "optional" and "group" in e),
            ("required", lambda e: e.get("need") != "optional" and "group" not in e),
        ):
            shown = {(g["data-from"], g["data-to"]) for g in groups(svg, "edge") if word in g["class"].split()}
            same(shown, {(edge["from"], edge["to"]) for edge in inner if wanted(edge)}, "%s %s" % (chain, word))
        sizes = {}
        for edge in data.supply:
            if edge.get("need") != "optional" and "group" in edge:
                key = edge["to"], edge["group"]
                sizes[key] = edge.get("k", 1), sizes.get(key, (1, 0))[1] + 1
        met = {(edge["to"], edge["group"]) for edge in inner if edge.get("need") != "optional" and "group" in edge}
        shown = sorted((g["data-consumer"], int(g["data-k"]), int(g["data-of"])) for g in groups(svg, "group"))
        same(shown, sorted((to, *sizes[to, group]) for to, group in met), chain + " groups")


def margins_are_the_other_chains(program, data):
    for chain in CHAINS:
        links = data.chain(chain)
        svg = program.draw("supply", chain)
        for word, near, far in (("in", "to", "from"), ("out", "from", "to")):
            expected = {data.links[edge[far]]["chain"] for edge in data.supply if edge[near] in links and edge[far] not in links}
            shown = {g["data-chain"] for g in groups(svg, "margin") if word in g["class"].split()}
            same(shown, expected, "%s %s" % (chain, word))


def unsurveyed_links_claim_nothing(program, _data):
    """No link that nobody has looked at is said to have nobody."""
    for chain in CHAINS:
        status = {link: row["status"] for link, row in program.table("gaps", chain).items()}
        for lang, said in (("zh", "本地 0 家"), ("en", "0 here")):
            svg = program.draw("supply", chain, "--lang", lang)
            for g in svg.iter("{http://www.w3.org/2000/svg}g"):
                if status.get(g.get("data-link")) == "unknown" and said in "".join(g.itertext()):
                    raise AssertionError("%s says %s" % (g.get("data-link"), said))


def order_of_records_does_not_matter(program, data):
    with tempfile.TemporaryDirectory() as folder:
        for name in os.listdir(data.folder):
            path = os.path.join(data.folder, name)
            kind, ending = os.path.splitext(name)
            if kind == "dataset":
                with open(path, encoding="utf-8") as file:
                    text = file.read()
                with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                    file.write(text)
            elif os.path.isdir(path) or ending in (".json", ".ndjson"):
                with open(os.path.join(folder, kind + ".json"), "w", encoding="utf-8") as file:
                    json.dump(records(data.folder, kind)[::-1], file, ensure_ascii=False)
        turned = Program(program.path, folder)
        for kind in TYPES:
            for chain in CHAINS[-2:]:
                arguments = ("map", "--type", kind, "--chain", chain)
                if program.run(*arguments) != turned.run(*arguments):
                    raise AssertionError("%s %s differs when records come in another order" % (kind, chain))


TESTS = [
    all_are_drawn,
    every_link_stands_once,
    support_is_what_the_records_say,
    ties_are_the_edges,
    research_gaps_come_in_order,
    blocked_finals_are_those_of_the_table,
    supply_edges_are_all_there,
    margins_are_the_other_chains,
    unsurveyed_links_claim_nothing,
    order_of_records_does_not_matter,
]


def main():
    program, data = Program(os.path.abspath(sys.argv[1]), sys.argv[2]), Data(sys.argv[2])
    if "--few" in sys.argv:
        CHAINS[:] = ["agri", "battery", "it"]
    print("1..%d" % len(TESTS))
    failed = 0
    for number, test in enumerate(TESTS, 1):
        title = test.__name__.replace("_", " ")
        try:
            test(program, data)
            print("ok %d - %s" % (number, title), flush=True)
        except AssertionError as error:
            failed += 1
            print("not ok %d - %s\n# %s" % (number, title, str(error)[:2000].replace("\n", "\n# ")), flush=True)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
