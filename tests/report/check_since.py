#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports since an earlier dataset, taken apart: check_since.py LIANTU DATA [--seeds FIRST LAST]

Earlier datasets are made from DATA by random steps back (earlier.py). Each figure of the section is held against `diff`, against
the records of both datasets read here, and against a ranking of zones worked out here; each row of its tables against the same;
its title against the days between; its words in both languages against each other and against Markdown.
"""

import argparse
import collections
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile

from earlier import STAGES, earlier, read, write
from page import differs, empty_parts, take_apart
from tap import check, finish

SMALL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "bad", "base")
ROWS, FEW_ROWS, CAUSES, MOVED = 30, 10, 3, 5
FEW = ("action-changed", "rank-up", "rank-down")
WORDS = {
    "zh": {"gap-opened": "新增缺口", "gap-closed": "缺口消除", "status-moved": "状态变化", "action-changed": "举措调整",
           "final-unlocked": "终端可成链", "final-lost": "终端断链", "target-entered": "进入招商清单", "target-left": "退出招商清单",
           "rank-up": "名次上升", "rank-down": "名次下降", "missing": "缺失", "pipeline": "在建", "unknown": "待摸排", "weak": "薄弱",
           "single": "单一", "adequate": "具备", "strong": "优势", "absent": "无此环节记录", "unlisted": "不在清单", True: "可成链",
           False: "不能成链", "build": "建链", "fill": "补链", "extend-forward": "延链（向下游）", "extend-backward": "延链（向上游）",
           "strengthen": "强链", "keep": "固链", "planned": "谋划", "contacted": "对接", "signed": "签约", "building": "开工",
           "operating": "投产", "not yet": "尚无", "gone": "已撤下", "no zone": "未注明", "rank": "第%d位", "added": "新增",
           "dropped": "删除", "changed": "修改", "each": "缺一不可：", "together": "共同造成：", "more": "等，共%d项",
           "county": "县区", "zone": "开发区", "park": "专业园区", None: "—"},
    "en": {**{kind: kind.replace("-", " ") for kind in ("gap-opened", "gap-closed", "status-moved", "action-changed", "final-unlocked",
                                                        "final-lost", "target-entered", "target-left", "rank-up", "rank-down")},
           "absent": "no such link", "unlisted": "not listed", True: "producible", False: "not producible", "not yet": "not there",
           "gone": "dropped", "no zone": "not given", "rank": "rank %d", "each": "each of these was needed: ",
           "together": "all of these together: ", "more": " … %d in all", None: "—"},
}
PERIODS = [(1, 10, "周动态"), (21, 45, "月通报"), (76, 110, "季排名"), (151, 215, "半年观摩"), (321, 400, "年终总结")]


def run(*line):
    return subprocess.run([LIANTU, *line], capture_output=True, env=dict(os.environ, LC_ALL="C.UTF-8"))


class Side:
    """One dataset, and what in it bears on the chain."""

    def __init__(self, folder, chain):
        self.data, self.chain = read(folder), chain
        self.by_id = {record["id"]: record for kind in self.data if kind != "dataset" for record in self.data[kind] if "id" in record}
        self.links = {link["id"] for link in self.data["links"] if chain == link.get("chain") or chain in link.get("also", ())}
        self.workers = {edge["from"] for edge in self.data["capability"] if self.end_bears(edge["to"])}
        self.zones = {zone["id"]: zone for zone in self.data["zones"]}

    def end_bears(self, end):
        return end in self.links or end == self.chain

    def bears(self, kind, change):
        """Whether a record of that identity stands here and bears on the chain."""
        if "id" in change:
            record = self.by_id.get(change["id"])
            if record is None or kind in ("dataset", "sources", "policy"):
                return False
            if kind == "kpis":
                return record.get("scope") == self.chain
            return self.end_bears(change["id"]) if kind in ("chains", "links") else change["id"] in self.workers
        same = [edge for edge in self.data[kind] if (edge["from"], edge["to"]) == (change["from"], change["to"])]
        if kind == "trade":
            return any(self.end_bears(edge.get("link")) for edge in same)
        return bool(same) and self.end_bears(change["to"])

    def zone_of(self, holder):
        return self.by_id.get(holder, {}).get("zone")

    def above(self, zone):
        while zone in self.zones:
            yield zone
            zone = self.zones[zone].get("parent")


class Truth:
    def __init__(self, new, old, chain):
        done = run("diff", old, new, "--format", "json", "--moved", str(MOVED))
        assert done.returncode == 0, done.stderr.decode()
        self.diff = json.loads(done.stdout)
        self.old, self.new, self.chain = Side(old, chain), Side(new, chain), chain
        self.changes = self.diff["summary"]["changes"]
        self.effects = [row for row in self.diff["rows"] if chain is None or row["link"] in self.old.links | self.new.links]
        self.days = self.measure()
        self.projects = self.list_projects()
        self.figures = self.count()

    def bears(self, change):
        return self.chain is None or self.old.bears(change["kind"], change) or self.new.bears(change["kind"], change)

    def measure(self):
        try:
            old, new = (datetime.date.fromisoformat(side.data["dataset"].get("as_of", "")) for side in (self.old, self.new))
        except ValueError:
            return None
        return (new - old).days

    def title(self):
        found = [word for first, last, word in PERIODS if self.days is not None and first <= self.days <= last]
        return found[0] if found else "阶段变化"

    def list_projects(self):
        """(id, stage before, stage after) of those that moved, came or went, None where it is not there."""
        old, new = ({p["id"]: p.get("stage", "planned") for p in side.data["projects"]} for side in (self.old, self.new))
        found = [(name, old.get(name), new.get(name)) for name in sorted(set(old) | set(new)) if old.get(name) != new.get(name)]
        return [p for p in found if self.chain is None or p[0] in self.old.workers | self.new.workers]

    def count(self):
        figures = collections.Counter()
        for change in self.changes:
            figures["since records " + change["change"]] += 1
            figures["since bearing " + change["change"]] += self.chain is not None and self.bears(change)
        for row in self.effects:
            kind = row["kind"]
            figures["since effects " + kind] += 1
            if kind in ("gap-opened", "gap-closed"):
                gap, other = (row["after"], row["before"]) if kind == "gap-opened" else (row["before"], row["after"])
                figures["since records-of " + kind] += other is None
                figures["since unknown-of " + kind] += gap == "unknown"
        figures["since inexact"] = sum(not row["exact"] for row in self.effects)
        if self.days is not None and self.days > 0:
            figures["since days"] = self.days
        for _, before, after in self.projects:
            figures["since projects " + self.move(before, after)] += 1
        self.rank(figures)
        return figures

    @staticmethod
    def move(before, after):
        if before is None or after is None:
            return "added" if before is None else "dropped"
        return "forward" if STAGES.index(after) > STAGES.index(before) else "backward"

    def rank(self, figures):
        counts = {zone: collections.Counter() for zone in self.new.zones}
        for name, before, after in self.projects:
            zones = list(self.new.above(self.new.zone_of(name)))
            figures["since zones loose"] += after is not None and not zones
            steps = STAGES.index(after) - STAGES.index(before) if before and after else 0
            for zone in zones if after else ():
                counts[zone].update(forward=max(steps, 0), backward=max(-steps, 0), added=before is None)
        abstract = {link["id"] for link in self.new.data["links"] if link.get("abstract")}
        for row in self.effects:
            if row["kind"] != "gap-closed" or row["after"] is None or row["before"] == "unknown" or row["link"] in abstract:
                continue
            if self.chain is not None and row["link"] not in self.new.links:
                continue
            zones = set()
            for cause in row["because"]:
                holder = cause.get("id") if cause["kind"] in ("firms", "institutions", "projects") else (
                    cause["from"] if cause["kind"] == "capability" else None)
                if cause["change"] != "dropped" and holder:
                    zones.update(self.new.above(self.new.zone_of(holder)))
            figures["since zones uncounted"] += not zones
            for zone in zones:
                counts[zone].update(closed=1)
        points = {zone: c["closed"] + c["forward"] + c["added"] - c["backward"] for zone, c in counts.items()}
        moved = [zone for zone in counts if sum(counts[zone].values()) > 0]
        figures["since zones ranked"] = len(moved)
        figures["since zones rest"] = len(counts) - len(moved) if moved else 0
        self.order = []
        for zone in moved:
            kind = self.new.zones[zone].get("type")
            rank = 1 + sum(points[z] > points[zone] for z in counts if self.new.zones[z].get("type") == kind)
            for field in ("closed", "forward", "backward", "added"):
                figures["since-zone %s %s" % (zone, field)] = counts[zone][field]
            figures["since-zone %s points" % zone] = points[zone]
            figures["since-zone %s rank" % zone] = rank
            self.order.append((["county", "zone", "park", None].index(kind), rank, zone.encode(), zone))
        self.order = [zone for *_, zone in sorted(self.order)]


def word(lang, value):
    return WORDS[lang].get(value, value)


def shown_value(lang, row, side):
    value = row[side]
    if row["kind"].startswith(("target", "rank")):
        return word(lang, "unlisted") if value is None else word(lang, "rank") % value
    if row["kind"].startswith(("gap", "status")) and value is None:
        return word(lang, "absent")
    return word(lang, value)


def name_of(truth, change):
    if "from" in change:
        side = (truth.old if change["change"] == "dropped" else truth.new).by_id
        return "%s→%s" % (side[change["from"]]["name"], side[change["to"]]["name"])
    return change.get("name", change.get("id"))


def wrong_causes(truth, lang, row, text):
    causes = row["because"]
    if not causes:
        return [] if not row["exact"] else ["no cause of an exact effect: %s" % row]
    problems = []
    if len(causes) > 1 and not text.startswith(word(lang, "together" if row["together"] else "each")):
        problems.append("%s: does not say how its causes go together" % text)
    if len(causes) > CAUSES and word(lang, "more") % len(causes) not in text:
        problems.append("%s: should be of %d causes" % (text, len(causes)))
    at = 0
    for cause in causes[:CAUSES]:
        at = text.find(name_of(truth, cause), at)
        if at < 0 or word(lang, cause["change"]) not in text:
            return problems + ["%s: lacks %s" % (text, cause)]
    return problems


def wrong_effect_rows(truth, lang, rows):
    """Each row is an effect of `diff`, told as it is; of each kind as many as there is room for."""
    problems, left = [], {}
    for row in truth.effects:
        key = word(lang, row["kind"]), row["name"], shown_value(lang, row, "before"), shown_value(lang, row, "after")
        left.setdefault(key, []).append(row)
    shown = collections.Counter()
    smallest = {}
    for cells in rows:
        found = left.get(tuple(cells[:4]))
        if not found:
            problems.append("no such effect: %s" % cells)
            continue
        row = found.pop()
        shown[row["kind"]] += 1
        if row["kind"].startswith("rank"):
            smallest[row["kind"]] = min(abs(row["after"] - row["before"]), smallest.get(row["kind"], 1 << 30))
        problems += wrong_causes(truth, lang, row, cells[4])
    for kind, count in collections.Counter(row["kind"] for row in truth.effects).items():
        if shown[kind] != min(count, FEW_ROWS if kind in FEW else ROWS):
            problems.append("%d rows of %s, of %d" % (shown[kind], kind, count))
    for row in sum(left.values(), []):
        if row["kind"] in smallest and abs(row["after"] - row["before"]) > smallest[row["kind"]]:
            problems.append("left out, though it moved further: %s" % row["name"])
    return problems


def project_cells(truth, lang):
    for name, before, after in truth.projects:
        side = truth.new if after else truth.old
        zone = side.zones.get(side.zone_of(name))
        yield (side.by_id[name]["name"], zone["name"] if zone else word(lang, "no zone"), word(lang, before or "not yet"),
               word(lang, after or "gone"))


def tables_of(blocks):
    """Rows of td by the number of columns."""
    tables, width, cells = [], 0, []
    for tag, text in blocks:
        if tag == "th" and (cells or not tables or tables[-1][0] == "closed"):
            cells, width = [], 0
            tables.append(["open", []])
        if tag == "th":
            width += 1
        elif tag == "td":
            cells.append(text)
            if len(cells) % width == 0:
                tables[-1][1].append(cells[-width:])
        elif tables:
            tables[-1][0] = "closed"
    return [rows for _, rows in tables]


def section(page, title):
    at = next((i for i, (tag, text) in enumerate(page.blocks) if tag == "h2" and text.endswith(title)), None)
    if at is None:
        return None
    end = next((i for i in range(at + 1, len(page.blocks)) if page.blocks[i][0] == "h2"), len(page.blocks))
    return page.blocks[at:end]


def wrong_figures(truth, page):
    shown = [(key, text) for key, text in page.figures if key.split(" ")[0] in ("since", "since-zone")]
    wanted = {key: value for key, value in truth.figures.items()}
    problems = ["%s: shown %s, should be %s" % (key, text, wanted.get(key, 0)) for key, text in shown if differs(text, wanted.get(key, 0))]
    keys = {key for key, _ in shown}
    return problems + ["%s: %s is not said" % (key, value) for key, value in wanted.items() if value and key not in keys]


def wrong_words(truth, lang, blocks):
    problems = []
    words = "\n".join(text for _, text in blocks)
    if lang == "zh" and re.search(r"[一-鿿][,:;!?]|[,:;!?][一-鿿]", re.sub(r"“[^”]*”", "", words.replace("(", "").replace(")", ""))):
        problems.append("half-width marks: " + re.search(r".{8}([一-鿿][,:;!?]|[,:;!?][一-鿿]).{4}", words).group(0))
    if re.search(r"\{\d\}|\bnull\b|\(null\)", words):
        problems.append("reads " + words)
    gaps = sum(row["kind"].startswith("gap") for row in truth.effects)
    if lang == "zh" and truth.changes and ("缺口没有变化" in words) == bool(gaps):
        problems.append("says of gaps what is not so")
    if lang == "zh" and truth.changes and ("没有项目变动阶段" in words) == bool(truth.projects):
        problems.append("says of projects what is not so")
    return problems


def examine(name, new, old, chain=None):
    truth = Truth(new, old, chain)
    problems = []
    for lang in ("zh", "en"):
        line = ["--data", new, "--lang", lang, "report", "--since", old, "--moved", str(MOVED)] + (["--chain", chain] if chain else [])
        done, markdown = run(*line, "--format", "html"), run(*line)
        if done.returncode or markdown.returncode:
            problems.append(done.stderr.decode() + markdown.stderr.decode())
            continue
        page = take_apart(done.stdout.decode())
        problems += page.problems + empty_parts(page)
        heads = [text for tag, text in page.blocks if tag == "h2"]
        blocks = section(page, truth.title() if lang == "zh" else heads[1])
        if blocks is None:
            problems.append("no section %s among %s" % (truth.title(), heads))
            continue
        problems += wrong_figures(truth, page) + wrong_words(truth, lang, blocks)
        tables = tables_of(blocks)
        if truth.effects:
            problems += wrong_effect_rows(truth, lang, tables.pop(0))
        if truth.projects:
            shown, wanted = sorted(map(tuple, tables.pop(0))), sorted(project_cells(truth, lang))
            problems += ["projects: %s, should be %s" % (shown, wanted)] if shown != wanted else []
        if truth.order:
            shown = [row[2] for row in tables.pop(0)]
            wanted = [truth.new.zones[zone]["name"] for zone in truth.order]
            problems += ["zones: %s, should be %s" % (shown, wanted)] if shown != wanted else []
        problems += ["a table too many"] if tables else []
        for tag, text in blocks:
            plain = re.sub(r"[\s\\]", "", text)
            if plain and plain not in re.sub(r"[\s\\#]", "", markdown.stdout.decode()):
                problems.append("Markdown lacks " + text)
    check(name, problems)


def without_zones(data):
    """The dataset with neither zones nor projects nor a date."""
    data["dataset"].pop("as_of", None)
    gone = {record["id"] for kind in ("zones", "projects") for record in data[kind]}
    data.update(zones=[], projects=[], focus=[], kpis=[kpi for kpi in data["kpis"] if kpi.get("scope") not in gone],
                capability=[edge for edge in data["capability"] if edge["from"] not in gone])
    for record in data["firms"] + data["institutions"]:
        record.pop("zone", None)
    return data


def check_dates(folder):
    """The title goes by the days between, or says that they cannot be known."""
    said = {"2022-12-07": "两期截止日期相同", "2023-01-01": "上期的截止日期晚于本期", "": "无法推算两期间隔", "2022-02-30": "无法推算两期间隔",
            "2022年底": "无法推算两期间隔", "2022-11-23": "两期相隔14天", "2019-12-07": "两期相隔1096天"}
    for date, wanted in said.items():
        old = earlier(SMALL, folder + "/dated", 30, 3, 3, None, date)
        text = run("--data", SMALL, "--lang", "zh", "report", "--since", old).stdout.decode()
        check("dated %s" % (date or "not at all"), [] if wanted in text and "## 二、阶段变化" in text else [text[:400]])


def main():
    global LIANTU
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("liantu")
    parser.add_argument("data")
    parser.add_argument("--seeds", nargs=2, type=int, default=(0, 5))
    given = parser.parse_args()
    LIANTU = given.liantu
    with tempfile.TemporaryDirectory() as folder:
        chains = [None] + sorted(chain["id"] for chain in read(given.data)["chains"])
        for seed in range(given.seeds[0], given.seeds[1] + 1):
            days, edits = [(7, 3), (30, 12), (91, 25), (182, 40), (365, 70), (15, 12)][seed % 6]
            chain = chains[seed * 5 % len(chains)]
            old = earlier(given.data, folder + "/old", days, seed, edits)
            examine("seed %d, %d days, city" % (seed, days), given.data, old)
            old = earlier(given.data, folder + "/old", days, seed, edits, chain)
            if chain:
                examine("seed %d, %d days, %s" % (seed, days, chain), given.data, old, chain)
            examine("seed %d, the other way round" % seed, old, given.data)  # what was gained is lost
        write(without_zones(read(SMALL)), folder + "/bare")
        examine("all zones and projects are new", SMALL, folder + "/bare")
        examine("all zones and projects are gone", folder + "/bare", SMALL)
        check_dates(folder)
    return finish()


sys.exit(main())
