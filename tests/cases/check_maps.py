#!/usr/bin/env python3
"""See that all maps of a dataset are well-formed and pass the lint, and that nothing but the data moves a byte; prints TAP.

    check_maps.py LIANTU DATA

Every chain, page, style and language; then one chain with its records shuffled, under other locales and without fonts.
"""

import glob
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"


def run(liantu, data, arguments, **environment):
    return subprocess.run([liantu, "--data", data, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={**os.environ, **environment}, timeout=120)


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
    city = {"n-" + link["id"] for link in links if not link.get("abstract")}
    arguments = ["map", "--type", "city"]
    plain = run(liantu, data, arguments)
    check(problem(plain, city, data), "city matrix")

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
    for locale in ("de_DE.UTF-8", "zh_CN.GB18030"):
        done = run(liantu, data, ["--lang", "zh", *small], LC_ALL=locale)
        check(done.stdout != first.stdout and "bytes differ", "locale " + locale)
    pdf = [run(liantu, data, small + ["--format", "pdf", "--page", "slide", "--size", "20"]).stdout for _ in range(2)]
    check(pdf[0] != pdf[1] and "bytes differ" or (b"/FontFile" not in pdf[0] and "no font embedded") or "", "pdf twice")
    print("1..%d" % number)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
