#!/usr/bin/env python3
"""See that all maps of a dataset are well-formed and pass the lint, and that nothing but the data moves a byte; prints TAP.

    check_maps.py LIANTU DATA

Every chain, page, style and language; then one chain with its records shuffled and without fonts.
Every type as a graph too: dot draws it without a complaint, whole, headings over their columns, targets in their order.
"""

import glob
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"


def environment_for(words):
    """Graphviz loses what it makes to turn an edge round within a column; all else is watched for leaks."""
    options = os.environ.get("ASAN_OPTIONS", "")
    return {**os.environ, "ASAN_OPTIONS": options + ":detect_leaks=0"} if "graphviz" in words else dict(os.environ)


def run(liantu, data, arguments, **environment):
    return subprocess.run([liantu, "--data", data, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={**environment_for(arguments), **environment}, timeout=120)


def load(data, kind):
    records = []
    for path in sorted(glob.glob(os.path.join(data, kind, "*")) + glob.glob(os.path.join(data, kind + ".*json"))):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        records += json.loads(text) if path.endswith(".json") else [json.loads(line) for line in text.splitlines() if line.strip()]
    return records


def shuffled(data, folder):
    rng = random.Random(542)
    for name in os.listdir(data):
        path = os.path.join(data, name)
        kind, ending = os.path.splitext(name)
        if name == "dataset.json":
            shutil.copy(path, folder)
        elif os.path.isdir(path) or ending in (".json", ".ndjson"):
            records = load(data, kind)
            rng.shuffle(records)
            with open(os.path.join(folder, kind + ".ndjson"), "w", encoding="utf-8") as file:
                file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def links_of(svg):
    return {node.get("id") for node in ET.fromstring(svg).iter(SVG + "g") if (node.get("id") or "").startswith("n-")}


def problem(done, wanted, data):
    if done.returncode != 0:
        return "exit %d: %s" % (done.returncode, done.stderr.decode())
    found = links_of(done.stdout)
    return "" if found == wanted else "links differ: %s" % sorted(found ^ wanted)[:5]


def boxes(svg):
    """Left edge and top of each node's shape by its id, and where its lines begin."""
    found = {}
    for node in ET.fromstring(svg).iter(SVG + "g"):
        shape = node.find(".//" + SVG + "polygon") if node.get("id") else None
        if shape is None and node.get("id"):
            shape = node.find(".//" + SVG + "path")
        if shape is None or "node" not in node.get("class", "").split():
            continue
        numbers = [float(number) for number in re.findall(r"-?[0-9.]+", shape.get("points") or shape.get("d"))]
        starts = [float(text.get("x")) for text in node.iter(SVG + "text") if text.get("text-anchor") == "start"]
        found[node.get("id")] = (min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), starts)
    return found


def graph_problem(svg, wanted, order):
    """What is wrong with a graph's drawing: links not on it, targets out of order, a card above its heading, lines outside cards."""
    cards = boxes(svg)
    if not wanted <= set(cards):
        return "links left out: %s" % sorted(wanted - set(cards))[:5]
    if sorted(order, key=lambda target: cards[target][1]) != order:
        return "targets out of order"
    for name, (left, top, right, starts) in cards.items():
        over = [other for other, box in cards.items()
                if other.startswith("h-") and abs(box[0] + box[2] - left - right) < 40 and box[1] < top]
        if not over and not name.startswith("h-"):
            return "%s stands under no heading" % name
        if any(start < left + 4 or start > left + 12 for start in starts):
            return "lines of %s begin at %s, not in %g and on" % (name, starts, left)
    return ""


def check_graph(liantu, data, kind, chain, wanted):
    """A type's graph, drawn by dot and by the program, in one language each."""
    arguments = ["map", "--type", kind] + (["--chain", chain] if chain else [])
    listed = run(liantu, data, ["targets", "--format", "json"] + (["--chain", chain] if chain else [])).stdout
    order = ["t-" + row["link"] for row in json.loads(listed)["rows"]] if kind == "targeting" else []
    wanted = set(order) if kind == "targeting" else wanted
    graph = run(liantu, data, ["--lang", "en", *arguments, "--format", "dot"])
    if graph.returncode != 0:
        return graph.stderr.decode()
    drawn = subprocess.run(["dot", "-Tsvg"], input=graph.stdout, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
    if drawn.returncode != 0 or drawn.stderr:
        return "dot: " + drawn.stderr.decode()
    own = run(liantu, data, ["--lang", "zh", *arguments, "--style", "print", "--painter", "graphviz"])
    if own.returncode != 0:
        return own.stderr.decode()
    if kind not in ("innovation", "targeting"):  # here parts without an edge to the rest may rise above the headings
        return "" if wanted <= set(boxes(own.stdout)) else "links left out"
    return graph_problem(drawn.stdout, wanted, order) or graph_problem(own.stdout, wanted, order)


def main():
    liantu, data = os.path.abspath(sys.argv[1]), sys.argv[2]
    chains, links = load(data, "chains"), load(data, "links")
    number = failed = 0

    def check(why, title):
        nonlocal number, failed
        number += 1
        failed += bool(why)
        print("%s %d - %s" % ("not ok" if why else "ok", number, title))
        if why:
            print("# " + why)

    for chain in chains:
        wanted = {"n-" + link["id"] for link in links if link["chain"] == chain["id"] or chain["id"] in link.get("also", [])}
        why = ""
        for page in ("a3", "a4", "slide"):
            for style, lang in (("light", "zh"), ("print", "en")):
                arguments = ["--lang", lang, "map", "--type", "industry", "--chain", chain["id"], "--page", page, "--style", style]
                why = why or problem(run(liantu, data, arguments), wanted, data)
        check(why, "industry map of " + chain["id"])
        plain_links = {"n-" + link["id"] for link in links if "n-" + link["id"] in wanted and not link.get("abstract")}
        for kind in ("industry", "innovation", "supply", "targeting"):
            check(check_graph(liantu, data, kind, chain["id"], plain_links), "graph of the %s map of %s" % (kind, chain["id"]))
    city = {"n-" + link["id"] for link in links if not link.get("abstract")}
    arguments = ["map", "--type", "city"]
    plain = run(liantu, data, arguments)
    check(problem(plain, city, data), "city matrix")
    for kind in ("city", "targeting"):
        check(check_graph(liantu, data, kind, None, city), "graph of the %s map of all chains" % kind)

    small = ["map", "--type", "industry", "--chain", chains[0]["id"]]
    first = run(liantu, data, small)
    with tempfile.TemporaryDirectory() as folder:
        shuffled(data, folder)
        check(run(liantu, folder, small).stdout != first.stdout and "bytes differ", "shuffled records")
        check(run(liantu, folder, arguments).stdout != plain.stdout and "bytes differ", "shuffled records, city")
        fonts = os.path.join(folder, "fonts.conf")
        with open(fonts, "w", encoding="utf-8") as file:
            file.write("<fontconfig></fontconfig>")
        check(run(liantu, data, small, FONTCONFIG_FILE=fonts).stdout != first.stdout and "bytes differ", "no fonts")
        png = run(liantu, data, small + ["--format", "png", "--dpi", "36", "--lang", "en"], FONTCONFIG_FILE=fonts)
        check(b"fonts-noto-cjk" not in png.stderr and "not said: %r" % png.stderr, "no font for Chinese is said")
    pdf = [run(liantu, data, small + ["--format", "pdf", "--page", "slide", "--size", "20"]).stdout for _ in range(2)]
    check(pdf[0] != pdf[1] and "bytes differ" or (b"/FontFile" not in pdf[0] and "no font embedded") or "", "pdf twice")
    print("1..%d" % number)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
