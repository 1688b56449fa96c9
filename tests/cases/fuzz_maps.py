#!/usr/bin/env python3
"""Draw maps of seeded random datasets, half of them with hostile names; prints TAP, a case a seed.

    fuzz_maps.py LIANTU [--seeds FIRST LAST]

Whatever the dataset, drawing ends well (the lint inside would refuse what overflows or overlaps), xmllint and a second parser
take the map, it holds nothing but what a map is painted with, and without a filter every link of the chain (on the targeting map
every target) stands on one of its sheets.
"""

import argparse
import collections
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "oracle"))

import check_maps  # noqa: E402
import hostile_names  # noqa: E402
import random_dataset  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XLINK_TITLE = "{http://www.w3.org/1999/xlink}title"
PAINTED = {"svg", "title", "desc", "defs", "pattern", "marker", "g", "rect", "circle", "path", "text"}
BY_GRAPHVIZ = PAINTED | {"a", "polygon", "polyline", "ellipse"}
FORBIDDEN = ("href", "src", "style")
SIZES = ((1,), (3, 0), (9, 30), (70,), (25, 2, 55))
MOST_SHEETS = 12  # of a map with more, only the first and the last are drawn
STATUSES = ("missing", "weak", "single", "adequate", "strong", "pipeline", "unknown")


class Dataset:
    """A dataset of a seed: its folder, chains, and links of each chain."""

    def __init__(self, seed, folder):
        self.folder = folder
        if seed % 2:
            hostile_names.write(hostile_names.records(seed, 60, SIZES[seed // 2 % len(SIZES)]), folder)
        else:
            random_dataset.make(seed, folder, links=(None, 40, 150)[seed // 2 % 3], rich=seed % 4 == 0)
        links = records(folder, "links")
        self.links = {link["id"] for link in links if not link.get("abstract")}
        self.chains = collections.defaultdict(set)
        for link in links:
            for chain in [link["chain"], *link.get("also", [])]:
                self.chains[chain].add(link["id"])
        self.zones = [zone["id"] for zone in records(folder, "zones")]

    def wanted(self, type_, chain):
        """Links that stand on a map; junctions do not where no supply is shown."""
        if type_ == "city":
            return self.links
        return self.chains[chain] & self.links if type_ == "innovation" else self.chains[chain]


def records(folder, kind):
    paths = [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if os.path.splitext(name)[0] == kind]
    files = [os.path.join(path, name) for path in paths if os.path.isdir(path) for name in os.listdir(path)]
    found = []
    for path in files or paths:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read()
        found += json.loads(text) if path.endswith(".json") else [json.loads(line) for line in text.split("\n") if line.strip()]
    return found


def run(words):
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600, env=check_maps.environment_for(words))


def types_of(liantu):
    """The types of map that the program offers, by its own help."""
    help_text = run([liantu, "map", "--help"]).stdout.decode()
    return help_text.split("--type ", 1)[1].split()[0].split("|")


def options_of(rng, dataset):
    """(words, filtered): the way to draw one map."""
    words, filtered = ["--page", rng.choice(("a3", "a4", "slide")), "--style", rng.choice(("light", "print"))], False
    kind = rng.choice(("all", "all", "all", "size", "status", "zone", "graphviz"))
    if kind == "size":
        words += ["--size", str(rng.choice((1, 5, 40)))]
    elif kind == "status":
        filtered = True
        words += ["--status", ",".join(rng.sample(STATUSES, rng.randint(1, 6)))]
    elif kind == "zone" and dataset.zones:
        filtered = True
        words += ["--zone", rng.choice(dataset.zones)]
    elif kind == "graphviz":
        words += ["--painter", "graphviz"]
    return words, filtered


def foreign(root, allowed):
    """What stands in a map that no map is painted with."""
    for element in root.iter():
        name = element.tag.replace(SVG, "")
        if name not in allowed:
            return "element " + name
        for attribute, value in element.attrib.items():
            plain = attribute.rsplit("}", 1)[-1]
            if attribute in (XML_LANG, XLINK_TITLE):
                continue
            if attribute.startswith("{") or plain in FORBIDDEN or plain.lower().startswith("on"):
                return "attribute %s=%r" % (attribute, value)
            if "url(" in value and plain in ("fill", "stroke", "marker-end") and not value.startswith("url(#"):
                return "attribute %s=%r" % (attribute, value)
    return None


def as_written(text):
    """A text as a map writes it: what XML 1.0 forbids is replaced."""
    return "".join("\ufffd" if ord(c) < 0x20 or 0x7f <= ord(c) <= 0x9f or ord(c) in (0xfffe, 0xffff) else c for c in text)


def problem(svg, graphviz):
    """(what is wrong, None = nothing; ids that stand on the map)."""
    try:
        root = ET.fromstring(svg)
    except ET.ParseError as error:
        return "not well-formed: %s" % error, set()
    found = foreign(root, BY_GRAPHVIZ if graphviz else PAINTED)
    ids = collections.Counter(element.get("id") for element in root.iter() if element.get("id"))
    if not found and max(ids.values()) > 1:
        found = "twice the same id: %r" % ids.most_common(1)
    return found, set(ids)


def draw_sheets(words, path, graphviz):
    """Draws the sheets of a map. @return what is wrong; ids on them, None where there are too many sheets to draw all."""
    ids, sheet, pages = set(), 1, 1
    while sheet <= pages:
        done = run([*words, "--sheet", str(sheet)] if sheet > 1 else words)
        if done.returncode != 0:
            return done, None
        said = re.search(rb"\d+", done.stderr) if sheet == 1 else None
        pages = int(said.group()) if said else pages
        found, more = problem(done.stdout, graphviz)
        if found:
            return "sheet %d: %s" % (sheet, found), None
        with open("%s-%d.svg" % (path, sheet), "wb") as file:
            file.write(done.stdout)
        ids |= more
        sheet = pages if 1 == sheet < pages and pages > MOST_SHEETS else sheet + 1
    return None, ids if pages <= MOST_SHEETS else None


def targets_of(liantu, folder, chain):
    done = run([liantu, "--data", folder, "targets", "--format", "json", "--details", "0", "--chain", chain])
    return {"t-" + as_written(row["link"]) for row in json.loads(done.stdout)["rows"]}


def draw(liantu, types, seed, folder, svgs):
    """Draws the maps of a seed into svgs. @return what is wrong, None = nothing."""
    rng = random.Random("maps %d" % seed)
    dataset = Dataset(seed, folder)
    for type_ in types:
        chain = rng.choice(sorted(dataset.chains)) if dataset.chains else None
        words, filtered = options_of(rng, dataset)
        if type_ != "city" and chain:
            words += ["--chain", chain]
        elif not dataset.links or not chain:
            continue
        graphviz = "graphviz" in words
        words = [liantu, "--data", folder, "--lang", rng.choice(("zh", "en")), "map", "--type", type_, *words]
        wrong, ids = draw_sheets(words, os.path.join(svgs, "%d-%s" % (seed, type_)), graphviz)
        if isinstance(wrong, subprocess.CompletedProcess):
            if wrong.returncode == 2 and (filtered or not dataset.wanted("innovation", chain)):
                continue  # nothing passes the filter, or there are but junctions
            wrong = "exit %d: %s" % (wrong.returncode, wrong.stderr.decode(errors="replace"))
        if not wrong and ids is not None and not filtered:
            if type_ == "targeting":
                wanted = set() if graphviz else targets_of(liantu, folder, chain)
            else:
                wanted = {"n-" + as_written(link) for link in dataset.wanted(type_, chain)}
            wrong = "not shown: %s" % sorted(wanted - ids)[:3] if wanted - ids else None
        if wrong:
            return "%s: %s" % (" ".join(words), wrong)
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("liantu")
    parser.add_argument("--seeds", nargs=2, type=int, default=(0, 159), metavar=("FIRST", "LAST"))
    options = parser.parse_args()
    liantu, first, last = os.path.abspath(options.liantu), *options.seeds
    types, failed = types_of(liantu), 0
    with tempfile.TemporaryDirectory() as folder:
        svgs = os.path.join(folder, "svgs")
        os.mkdir(svgs)
        for seed in range(first, last + 1):
            wrong = draw(liantu, types, seed, os.path.join(folder, str(seed)), svgs)
            failed += bool(wrong)
            print("%s %d - seed %d" % ("not ok" if wrong else "ok", seed - first + 1, seed))
            if wrong:
                print("# " + ascii(wrong)[:1000])
            sys.stdout.flush()
        drawn = [os.path.join(svgs, name) for name in sorted(os.listdir(svgs))]
        checked = run(["xmllint", "--noout", "--nonet", *drawn])
        wrong = checked.returncode != 0 or len(drawn) < (last - first + 1)
        print("%s %d - xmllint takes all %d maps" % ("not ok" if wrong else "ok", last - first + 2, len(drawn)))
        if wrong:
            print("# " + ascii(checked.stderr)[:1000])
    print("1..%d" % (last - first + 2))
    return 1 if failed or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
