#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes reports apart: check_report.py LIANTU MAKE_LARGE

Every report of the 542 data, in both languages, as html: it parses, no section is empty, nothing reads "null", every figure is
the one that gaps, bottlenecks, targets, unlock, position and stats give; Markdown says the same. Datasets with one chain, no
firms, nothing at all, or 3,000 links give a report too. docx: styles, fonts and margins as GB/T 9704 asks.
"""

import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

from page import differs, empty_parts, take_apart
from tap import check, finish, skip

LIANTU, MAKE_LARGE = sys.argv[1:3]
BAD = re.compile(r"\bnull\b|\bnan\b|\(null\)|\{\d\}|\binf\b", re.I)


def run(*arguments, data=None):
    line = [LIANTU] + (["--data", data] if data else []) + list(arguments)
    return subprocess.run(line, capture_output=True, env=dict(os.environ, LC_ALL="C.UTF-8"))


def answer(*arguments, data=None):
    done = run(*arguments, "--format", "json", data=data)
    assert done.returncode == 0, (arguments, done.stderr.decode())
    return json.loads(done.stdout)


class Truth:
    """What the other commands say, asked once."""

    def __init__(self, data=None):
        self.data = data
        gaps, targets = answer("gaps", data=data), answer("targets", "--details", "0", data=data)
        self.rows = {row["link"]: row for row in gaps["rows"]}
        self.chains = {row["chain"]: row for row in gaps["summary"]["chains"]}
        self.targets = {row["link"]: row for row in targets["rows"]}
        self.unknown = {row["link"]: row for row in targets["summary"].get("unknown", [])}
        self.bottlenecks = {row["link"]: row for row in answer("bottlenecks", data=data)["rows"]}
        self.positions = {row["zone"]: row for row in answer("position", "--top", "1000000", data=data)["rows"]}
        stats = answer("stats", data=data)
        self.stats = {row["chain"]: row for row in stats["summary"]["chains"]}
        self.kinds = stats["rows"]
        self.unlocks = {}

    def of_chain(self, chain):
        if chain == "*":
            return list(self.rows.values())
        return answer_rows(self, chain)

    def unlock(self, link):
        if link not in self.unlocks:
            self.unlocks[link] = answer("unlock", link, data=self.data)["rows"][0]
        return self.unlocks[link]


def answer_rows(truth, chain):
    key = ("rows", chain)
    if key not in truth.unlocks:
        truth.unlocks[key] = answer("gaps", "--chain", chain, data=truth.data)["rows"]
    return truth.unlocks[key]


def dig(row, field):
    for name in field.split("."):
        row = row[name]
    return row


def whole(truth):
    """The city as one chain, from the rows alone."""
    rows = list(truth.rows.values())
    weight = sum(row["importance"] for row in rows)
    return {
        "links": len(rows),
        "by_status": collections.Counter(row["status"] for row in rows),
        "completeness": sum(row["importance"] * row["coverage"] for row in rows) / weight if weight else None,
    }


ACTIONS = {"build": ["build"], "fill": ["fill"], "extend": ["extend-forward", "extend-backward"], "strengthen": ["strengthen"]}
ACTIONS["all"] = sum(ACTIONS.values(), [])
UNASKED = {"city", "count", "share", "segment", "distance", "growth", "choke", "projects", "goals", "origins", "origin",
           "leads", "zones", "landing", "overlaps", "claims", "claims-whole", "rule", "chain"}


def expected(truth, key):
    """The number that a figure should show; None where no other command gives it."""
    table, *rest = key.split(" ")
    if table == "gaps" and rest[0] == "*":
        if rest[1] in ("finals", "producible_finals", "finals_not", "local_supply_rate"):
            return None
        return dig(whole(truth), rest[1]) if rest[1] != "by_status" else None
    if table == "gaps":
        chain = truth.chains[rest[0]]
        return chain["finals"] - chain["producible_finals"] if rest[1] == "finals_not" else dig(chain, rest[1])
    if table == "gaps-row":
        return dig(truth.rows[rest[0]], rest[1])
    if table == "bottlenecks":
        return dig(truth.bottlenecks[rest[0]], rest[1])
    if table == "targets":
        return dig(truth.targets[rest[0]], rest[1])
    if table == "unknown":
        return dig(truth.unknown[rest[0]], rest[1])
    if table == "actions":
        rows = truth.of_chain(rest[0])
        return sum(row["action"] in ACTIONS[rest[1]] and row["status"] != "unknown" for row in rows)
    if table == "listed":
        return sum(row["link"] in truth.targets for row in truth.of_chain(rest[0]))
    if table == "singles":
        return sum(row["producers"] == 1 or (row["hhi"] or 0) >= 0.85 for row in truth.of_chain(rest[0]))
    if table == "unlock":
        return unlock_figure(truth, rest[0], rest[1])
    if table == "position":
        return position_figure(truth, rest)
    if table == "stats":
        return stats_figure(truth, rest[0], rest[1])
    assert table in UNASKED, "a figure that this test does not know: " + key
    return None


def unlock_figure(truth, link, field):
    answered = truth.unlock(link)
    if not answered["exact"]:
        return None
    if field == "count":
        return answered["count"]
    if field == "least":
        return next(size for size, count in enumerate(answered["by_size"]) if count)
    if answered.get("sets") is None:
        return None
    if field == "must":
        return len(set.intersection(*map(set, answered["sets"])))
    return sum(truth.rows[name]["status"] == "unknown" for name in answered["sets"][0])


def position_figure(truth, rest):
    row = truth.positions[rest[0]]
    if len(rest) == 2:
        return {"holds": len(row["holds"])}.get(rest[1], row.get(rest[1]))
    links = {r["link"] for r in truth.of_chain(rest[1])}
    gaps = [gap for gap in row["gaps"] if gap["link"] in links]
    return len(gaps) if rest[2] == "fits" else sum(gap["first"] for gap in gaps)


def stats_figure(truth, scope, field):
    kinds = truth.kinds if scope == "*" else [truth.stats[scope]]
    name = field.replace("share-", "")
    total = sum(row[name] for row in kinds)
    return total / sum(row["count"] for row in kinds) if field.startswith("share-") else total


def wrong_figures(truth, page):
    problems, compared = [], 0
    for key, shown in page.figures:
        value = expected(truth, key)
        compared += value is not None
        if not shown:
            problems.append("nothing shown for " + key)
        elif differs(shown, value):
            problems.append("%s: shown %s, should be %s" % (key, shown, value))
    if page.figures and compared == 0:
        problems.append("no figure was compared")
    return problems


def plain(text):
    """Words alone: Markdown's marks and what stands between words left out."""
    text = re.sub(r"\\(.)", r"\1", text)
    return re.sub(r"[\s|*#\-:\\]+", "", text)


def html_words(page):
    return plain("".join(text for tag, text in page.blocks if tag != "figcaption"))


def markdown_words(text):
    rows = [line for line in text.splitlines() if not re.fullmatch(r"\|[-:|]+\|", line)]
    return plain("\n".join(rows))


def drop_map(words):
    """The section of the map differs: Markdown has no picture."""
    return re.sub(r"(二、产业链图谱|2Map).*?(三、缺口清单|3Gaps)", r"\1\2", words)


def examine(name, truth, chain, lang, data=None):
    options = (["--chain", chain] if chain else []) + ["--lang", lang]
    page_run = run("report", *options, "--format", "html", data=data)
    markdown_run = run("report", *options, data=data)
    problems = [done.stderr.decode() for done in (page_run, markdown_run) if done.returncode != 0]
    if problems:
        return check(name, problems)
    text, markdown = page_run.stdout.decode(), markdown_run.stdout.decode()
    page = take_apart(text)
    problems = page.problems + empty_parts(page)
    words = "\n".join(block[1] for block in page.blocks)
    problems += ["reads " + found.group(0) for found in BAD.finditer(words)]
    problems += ["Markdown reads " + found.group(0) for found in BAD.finditer(markdown)]
    problems += wrong_figures(truth, page)
    if "default-src 'none'" not in page.policy or page.tags["script"] or page.tags["link"]:
        problems.append("not closed in itself")
    if drop_map(html_words(page)) != drop_map(markdown_words(markdown)):
        a, b = drop_map(html_words(page)), drop_map(markdown_words(markdown))
        at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
        problems.append("Markdown differs: %r / %r" % (a[at - 20:at + 40], b[at - 20:at + 40]))
    if lang == "en" and re.search("[，。；：（）]", re.sub(r"<[^>]*>", "", "".join(lang_only(page)))):
        problems.append("Chinese marks in English sentences")
    return check(name, problems)


def lang_only(page):
    return [text for tag, text in page.blocks if tag in ("th", "h2")]


def write(folder, **files):
    os.makedirs(folder)
    for name, value in files.items():
        with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False)
    return folder


def small_datasets(folder):
    head = {"format": "liantu/1", "id": "small", "home": "home"}
    home = [{"id": "home", "name": "某市"}]
    chain = [{"id": "c", "name": "链", "tier": "emerging", "segments": [{"id": "s", "name": "段", "stage": "upstream"}],
              "goal": {"metric": "产值", "value": 200, "unit": "亿元", "year": 2025},
              "baseline": {"metric": "产值", "value": 100, "unit": "亿元", "year": 2020}}]
    links = [{"id": "a", "name": "甲", "chain": "c", "segment": "s"}, {"id": "b", "name": "乙<&>|*_", "chain": "c", "survey": "none"}]
    supply = [{"from": "a", "to": "b"}]
    yield "nothing", None, write(folder + "/nothing", dataset=head, regions=home)
    yield "no-links", "c", write(folder + "/no-links", dataset=head, regions=home, chains=chain)
    yield "no-firms", "c", write(folder + "/no-firms", dataset=head, regions=home, chains=chain, links=links, supply=supply)
    yield "one-firm", "c", write(folder + "/one-firm", dataset=head, regions=home, chains=chain, links=links, supply=supply,
                                 firms=[{"id": "f", "name": "厂", "region": "home", "grade": "leader"}],
                                 capability=[{"from": "f", "to": "a", "level": 1}, {"from": "f", "to": "b", "level": 0.2}],
                                 projects=[{"id": "p", "name": "项目", "region": "home", "stage": "signed", "invest": 2.5}],
                                 agencies=[{"id": "g", "name": "工信局"}], lead=[{"from": "g", "to": "c", "role": "unit"}])


def growth_is_said(folder):
    text = run("report", "--chain", "c", "--lang", "zh", data=folder).stdout.decode()
    wanted = "须年均增长14.9%"  # (200 / 100) ** (1 / 5) - 1
    return [] if wanted in text else ["no %s in the report" % wanted]


def check_docx(folder):
    if not shutil.which("pandoc"):
        skip("docx", "pandoc is not on this machine")
        return
    path, again = folder + "/r.docx", folder + "/r2.docx"
    problems = [done.stderr.decode() for done in (run("report", "--chain", "hydrogen", "-o", path),
                                                  run("report", "--chain", "hydrogen", "-o", again)) if done.returncode]
    if problems:
        return check("docx", problems)
    with open(path, "rb") as one, open(again, "rb") as two:
        if one.read() != two.read():
            problems.append("two runs give different bytes")
    with zipfile.ZipFile(path) as archive:
        if archive.testzip():
            problems.append("a part is broken")
        styles, document = archive.read("word/styles.xml").decode(), archive.read("word/document.xml").decode()
        relations = archive.read("word/_rels/document.xml.rels").decode()
        names = archive.namelist()
    for style, font, size in [("Normal", "仿宋_GB2312", 32), ("Title", "方正小标宋简体", 44), ("Heading1", "黑体", 32), ("Heading2", "楷体_GB2312", 32)]:
        found = re.search(r'<w:style [^>]*w:styleId="%s".*?</w:style>' % style, styles, re.S)
        if not found or font not in found.group(0) or not re.search(r'<w:sz w:val="%d"' % size, found.group(0)):
            problems.append("style %s lacks %s, %d half points" % (style, font, size))
    body = re.search(r'<w:style [^>]*w:styleId="BodyText".*?</w:style>', styles, re.S)
    if not body or 'w:line="560"' not in body.group(0) or 'w:lineRule="exact"' not in body.group(0):
        problems.append("body text has no line pitch of 28 pt")
    narrower = re.search(r'<w:spacing w:val="(-?\d+)"', body.group(0)) if body else None
    if not narrower or 28 * (16 + int(narrower.group(1)) / 20) > (210 - 28 - 26) / 25.4 * 72:
        problems.append("a line does not hold 28 characters")
    if re.search(r"<w:tr>(?!<w:trPr><w:cantSplit)", document):
        problems.append("a row of a table may break across pages")
    sections = re.findall(r"<w:sectPr.*?</w:sectPr>", document, re.S)
    for side, mm in (("top", 37), ("bottom", 35), ("left", 28), ("right", 26)):
        found = re.search(r'<w:pgMar[^>]*w:%s="(\d+)"' % side, sections[-1])
        if not found or abs(int(found.group(1)) / 1440 * 25.4 - mm) > 0.1:
            problems.append("margin %s is not %d mm" % (side, mm))
    for wanted in re.findall(r'r:(?:id|embed)="([^"]+)"', document):
        if 'Id="%s"' % wanted not in relations:
            problems.append("nothing has the id " + wanted)
    if not any("footerReference" in section for section in sections[:1]):
        problems.append("the first section has no page numbers")
    pictures = [name for name in names if name.startswith("word/media/") and name.endswith(".png")]
    if not pictures:
        problems.append("no picture")
    return check("docx", problems)


def main():
    truth = Truth()
    chains = [None] + sorted(truth.chains)
    for chain in chains:
        for lang in ("zh", "en"):
            examine("542 %s %s" % (chain or "city", lang), truth, chain, lang)
    with tempfile.TemporaryDirectory() as folder:
        for name, chain, data in small_datasets(folder):
            small = Truth(data)
            for which in [None] + ([chain] if chain else []):
                for lang in ("zh", "en"):
                    examine("%s %s %s" % (name, which or "city", lang), small, which, lang, data)
        check("yearly growth", growth_is_said(folder + "/no-firms"))
        large = folder + "/large"
        subprocess.run([sys.executable, MAKE_LARGE, large, "--links", "3000", "--firms", "2000", "--capabilities", "6000"], check=True)
        done = run("report", "--format", "html", data=large)
        page = take_apart(done.stdout.decode())
        check("3,000 links", page.problems + empty_parts(page) + ([done.stderr.decode()] if done.returncode else []))
        check_docx(folder)
    return finish()


sys.exit(main())
