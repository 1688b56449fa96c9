#!/usr/bin/env python3
"""Hold the targeting map against `liantu targets`: same order, scores, firms, regions, zones; prints TAP.

    check_targeting.py LIANTU DATA

Every chain and the city on every page, in both languages; filters; links to survey; names that are hostile or very long.
"""

import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

from check_maps import SVG, load, run, shuffled


@functools.lru_cache(maxsize=64)
def parse(svg):
    return ET.fromstring(svg)


def groups(svg, name):
    return [node for node in parse(svg).iter(SVG + "g") if name in (node.get("class") or "").split()]


def draw(liantu, data, arguments, lang="zh", general=()):
    """All sheets of a map."""
    sheets = []
    while True:
        done = run(liantu, data, [*general, "--lang", lang, "map", "--type", "targeting", "--sheet", str(len(sheets) + 1), *arguments])
        if done.returncode == 2 and sheets:
            return sheets
        if done.returncode != 0:
            raise RuntimeError("exit %d: %s" % (done.returncode, done.stderr.decode()))
        sheets.append(done.stdout.decode())


def listing(liantu, data, arguments, general=()):
    done = run(liantu, data, [*general, "targets", "--details", "0", "--format", "json", *arguments])
    if done.returncode != 0:
        raise RuntimeError("targets: " + done.stderr.decode())
    return json.loads(done.stdout)


def ids(items):
    return " ".join(item["id"] for item in items)


def row_facts(row, zones):
    return {
        "link": row["link"], "rank": str(row["rank"]), "score": "%.12g" % row["score"], "action": row["action"],
        "zone": next((zone["id"] for zone in row["zones"] if zones is None or zone["id"] in zones), ""),
        "zones": ids(row["zones"]), "regions": ids(row["regions"]), "firms": ids(row["prospects"]),
        "link-firms": ids(firm for firm in row["prospects"] if firm["on"] == "link"),
    }


def missing_ranks(answer):
    """Ranks that the links to survey would take, the slow way: by standing in line."""
    line = [(-row["score"], row["link"]) for row in answer["rows"]]
    return {row["link"]: str(sorted(line + [(-row["score"], row["link"])]).index((-row["score"], row["link"])) + 1)
            for row in answer["summary"]["unknown"]}


def problem(sheets, answer, zones=None, rows=None):
    rows = answer["rows"] if rows is None else rows
    found = [node for svg in sheets for node in groups(svg, "target")]
    if len(found) != len(rows):
        return "%d targets, not %d" % (len(found), len(rows))
    for node, row in zip(found, rows):
        for key, value in row_facts(row, zones).items():
            if node.get("data-" + key) != value:
                return "%s of %s: %r, not %r" % (key, row["link"], node.get("data-" + key), value)
    for svg in sheets:
        shown = {node.get("data-link"): node for node in groups(svg, "target")}
        at_zones = {link: node.get("data-node") for node in groups(svg, "zone") for link in node.get("data-targets").split()}
        if at_zones != {link: node.get("data-zone") for link, node in shown.items()}:
            return "zone cards differ: %s" % at_zones
        led = [link for node in groups(svg, "unit") for link in node.get("data-targets").split()]
        if sorted(led) != sorted(shown):
            return "units lead %s" % led
        routed = set()
        for node in groups(svg, "region"):
            for link in node.get("data-targets").split():
                routed.add(link)
                if node.get("data-node") and node.get("data-node") not in shown[link].get("data-regions").split():
                    return "%s is no region of %s" % (node.get("data-node"), link)
        if routed != set(shown):
            return "no way for %s" % sorted(set(shown) - routed)
    ranks, unknown = missing_ranks(answer), [node for node in groups(sheets[0], "unknown")]
    names = [node.get("data-link") for node in unknown]
    if names != [row["link"] for row in answer["summary"]["unknown"]][:len(names)] or (ranks and not names):
        return "to survey: %s" % names
    for node in unknown:
        if node.get("data-rank-if-missing") != ranks[node.get("data-link")]:
            return "%s would rank %s" % (node.get("data-link"), ranks[node.get("data-link")])
    return ""


def within(data, zone):
    parents = {record["id"]: record.get("parent") for record in load(data, "zones")}
    found = set()
    for start in parents:
        at = start
        while at and at != zone:
            at = parents.get(at)
        if at == zone:
            found.add(start)
    return found


# Closes one gap, half closes another, adds a link that nobody makes.
OVERLAY = {"put": {"firms": [{"id": "f-new", "name": "新来企业", "zone": "z-hitech", "grade": "leader", "basis": "assumed"}],
                   "capability": [{"from": "f-new", "to": "equipment-light-material", "role": "produce", "level": 1, "basis": "assumed"},
                                  {"from": "f-new", "to": "equipment-electromech", "role": "produce", "level": 0.3, "basis": "assumed"}],
                   "links": [{"id": "equipment-new", "name": "新增环节", "chain": "equipment"}]}}


def overlay_problem(liantu, data, overlay):
    """Moves, marks and leavings on the map against the two lists, before and after."""
    chain, general = ["--chain", "equipment"], ["--overlay", overlay]
    was = {row["link"]: row["rank"] for row in listing(liantu, data, chain)["rows"]}
    answer = listing(liantu, data, chain, general)
    sheets = draw(liantu, data, chain, general=general)
    wanted = {}
    for row in answer["rows"]:
        before = was.get(row["link"])
        gain = (before or 0) - row["rank"]
        wanted[row["link"]] = "新列入" if before is None else None if gain == 0 else "↑%d" % gain if gain > 0 else "↓%d" % -gain
    if set(wanted.values()) < {None, "新列入", "↑1"}:
        return "nothing to see: %s" % wanted
    for svg in sheets:
        for node in groups(svg, "target"):
            found = next((text.text for text in node.iter(SVG + "text") if text.get("class") == "moved"), None)
            if found != wanted.pop(node.get("data-link")):
                return "%s: %s" % (node.get("data-link"), found)
        if "退出清单 1 个：轻量化材料" not in svg:
            return "what left the list is not said"
    framed = sum(element.get("class") == "changed" for svg in sheets for element in parse(svg).iter(SVG + "rect"))
    return wanted or framed != 2 and "%d frames" % framed


def hostile(base, folder):
    """The small dataset with names that try to break a page, firms that need a second look, and leaders."""
    for name in os.listdir(base):
        path = os.path.join(base, name)
        if os.path.isdir(path):
            shutil.copytree(path, os.path.join(folder, name))
        else:
            shutil.copy(path, folder)
    bad = ["<script>alert(1)</script>", "]]>&amp;\"'", "a\u0007b\u202Ec", "很长的名称" * 40, "W" * 300, "\\N%\\G"]

    def extend(kind, records):
        records = load(base, kind) + records
        for ending in (".json", ".ndjson"):
            if os.path.exists(os.path.join(folder, kind + ending)):
                os.remove(os.path.join(folder, kind + ending))
        with open(os.path.join(folder, kind + ".ndjson"), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)

    missing = [link["id"] for link in load(base, "links") if not link.get("abstract")]
    extend("regions", [{"id": "r%d" % i, "name": name} for i, name in enumerate(bad)])
    extend("firms", [{"id": "x%d" % i, "name": name, "region": "r%d" % i} for i, name in enumerate(bad)] +
           [{"id": "here", "name": "本地" + "甲" * 60, "region": "xinxiang"}])
    extend("prospect", [{"from": "x%d" % i, "to": link, "role": "produce"} for link in missing for i in range(len(bad))] +
           [{"from": "here", "to": link, "role": "produce"} for link in missing])
    extend("zones", [{"id": "zz", "name": bad[3], "type": "park"}])
    extend("agencies", [{"id": "a%d" % i, "name": name} for i, name in enumerate(bad)])
    extend("lead", [{"from": "a%d" % i, "to": "battery", "role": "unit"} for i in range(len(bad))])


def main():
    liantu, data = os.path.abspath(sys.argv[1]), sys.argv[2]
    number = failed = 0

    def check(title, work):
        nonlocal number, failed
        number += 1
        try:
            why = work()
        except (RuntimeError, ET.ParseError) as error:
            why = str(error)
        failed += bool(why)
        print("%s %d - %s" % ("not ok" if why else "ok", number, title))
        if why:
            print("# " + why)

    def all_pages(chain):
        answer = listing(liantu, data, chain)
        first = answer["rows"][:60]
        why = problem(draw(liantu, data, [*chain, "--top", "60"]), answer, rows=first)
        for page, lang in (("a4", "en"), ("slide", "zh")):
            style = ["--style", "print"] if lang == "en" else []
            why = why or problem(draw(liantu, data, [*chain, "--page", page, *style, "--top", "20"], lang), answer,
                                 rows=answer["rows"][:20])
        return why

    for record in load(data, "chains"):
        check("targeting map of " + record["id"], lambda: all_pages(["--chain", record["id"]]))
    check("targeting map of the city", lambda: all_pages([]))

    def of_zone(zone):
        chosen = ["--chain", "equipment", "--zone", zone]
        return problem(draw(liantu, data, chosen), listing(liantu, data, chosen), zones=within(data, zone))

    check("for a zone", lambda: of_zone("z-changyuan-edz"))

    def of_status():
        answer = listing(liantu, data, ["--chain", "equipment"])
        rows = [row for row in answer["rows"] if row["status"] == "weak"]
        found = [node.get("data-rank") for svg in draw(liantu, data, ["--chain", "equipment", "--status", "weak"])
                 for node in groups(svg, "target")]
        return found != [str(row["rank"]) for row in rows] and "ranks %s" % found

    check("a status keeps the ranks", of_status)

    def of_segment():
        first = listing(liantu, data, ["--chain", "equipment"])["rows"][0]["link"]
        link = next(l for l in load(data, "links") if l["id"] == first)
        wanted = {l["id"] for l in load(data, "links") if l.get("chain") == "equipment" and l.get("segment") == link["segment"]}
        found = {node.get("data-link") for svg in draw(liantu, data, ["--chain", "equipment", "--segment", link["segment"]])
                 for node in groups(svg, "target")}
        return (not found or not found <= wanted) and "links %s" % found

    check("for a segment", of_segment)

    with tempfile.TemporaryDirectory() as folder:
        shuffled(data, folder)
        arguments = ["map", "--type", "targeting"]
        check("shuffled records", lambda: run(liantu, folder, arguments).stdout != run(liantu, data, arguments).stdout and "bytes differ")

    def of_overlay():
        with tempfile.TemporaryDirectory() as folder:
            overlay = os.path.join(folder, "overlay.json")
            with open(overlay, "w", encoding="utf-8") as file:
                json.dump(OVERLAY, file)
            return overlay_problem(liantu, data, overlay)

    check("what an overlay changed", of_overlay)

    def hard_names():
        with tempfile.TemporaryDirectory() as folder:
            hostile(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "bad", "base"), folder)
            answer = listing(liantu, folder, [])
            for page in ("a3", "a4", "slide"):
                for lang in ("zh", "en"):
                    sheets = draw(liantu, folder, ["--page", page], lang)
                    why = problem(sheets, answer)
                    if why or "<script" in sheets[0] or "本地" not in sheets[0]:
                        return why or "a name got through"
        return ""

    check("hostile and long names", hard_names)
    print("1..%d" % number)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
