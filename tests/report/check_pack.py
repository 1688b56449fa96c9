#!/usr/bin/env python3
"""Take bundles of report --pack apart: each list against the records of the dataset and the JSON of gaps and targets; prints TAP.

    check_pack.py LIANTU DATA [--few]

The lists are made here a second time, from the records alone, and every cell has to be the same. Then what is around them: same
bytes again and with the records shuffled, files of an earlier bundle, folders and files that cannot be written, ids that no file
may be called.
"""

import collections
import glob
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(TESTS, "cases"))
from check_xlsx import NOTES, Book, filter_of, look_of  # noqa: E402

FEW = "--few" in sys.argv
BASIS = {"stated": ("原文载明", "stated"), "inferred": ("推断", "inferred"), "assumed": ("假设", "assumed")}
STATUS = {"missing": ("缺失", "missing"), "pipeline": ("在建", "pipeline"), "unknown": ("待摸排", "unknown"), "weak": ("薄弱", "weak"),
          "single": ("单一", "single"), "adequate": ("具备", "adequate"), "strong": ("优势", "strong")}
ACTION = {"build": ("建链", "build"), "fill": ("补链", "fill"), "extend-forward": ("延链（向下游）", "extend-forward"),
          "extend-backward": ("延链（向上游）", "extend-backward"), "strengthen": ("强链", "strengthen")}
GRADE = {"leader": ("龙头", "leader"), "backbone": ("骨干", "backbone"), "growing": ("成长", "growing"), "small": ("小微", "small")}
STAGE = {"planned": ("谋划", "planned"), "contacted": ("对接", "contacted"), "signed": ("签约", "signed"), "building": ("开工", "building"),
         "operating": ("投产", "operating")}
KIND = {"firms": ("企业", "firm"), "projects": ("项目", "project"), "university": ("高校", "university"), "lab": ("实验室", "laboratory"),
        "institute": ("科研院所", "institute"), "platform": ("创新平台", "platform"), "association": ("协会联盟", "association"),
        "fund": ("基金", "fund"), "other": ("其他机构", "other")}
COUNTS = {"supply": ("现有供给", "supply"), "pipeline": ("在建折算", "pipeline"), "no": ("不计入", "not counted")}
SUPPORT = {"local": ("本地有研发", "research here"), "outside": ("仅外地可接洽", "only elsewhere"), "none": ("无研发支撑", "none"),
           "unsurveyed": ("研发待摸排", "not surveyed")}
ASK = {"supply": ("供给", "supply"), "research": ("研发", "research"), "both": ("供给与研发", "supply and research")}
YES = {True: ("是", "yes"), False: ("否", "no")}
ALL = ("所列全部环节", "every link listed")
BUT = ("，除：", " except: ")
WHOLE = ("面向全链", "whole chain")
LOCAL = ("本地", "local")
RESEARCH = ("（研发 %s）", " (research %s)")
LEVEL = ("（%s）", " (%s)")
JOIN = ("、", ", ")
SHEETS = [("企业清单", "Firms"), ("项目清单", "Projects"), ("技术清单", "Technologies"), ("人才与机构清单", "Talents and institutions"),
          ("政策与支持方式清单", "Policies and instruments"), ("待摸排环节", "To survey"),
          ("招商对象与承接园区", "Whom to attract, and where to"), ("招商渠道", "Channels")]
CHANNELS = 7
NODES = ("chains", "links", "firms", "institutions", "zones", "regions", "agencies", "projects", "channels", "kpis")
EDGES = ("supply", "capability", "trade", "focus", "prospect", "origin", "lead")
MAPS = ("industry", "innovation", "supply", "targeting")


class Data:
    """Records of a folder, read without the program."""

    def __init__(self, folder):
        self.kinds = {kind: list(self.read(folder, kind)) for kind in NODES + EDGES}
        with open(os.path.join(folder, "dataset.json"), encoding="utf-8-sig") as file:
            self.head = json.load(file)
        self.node = {record["id"]: (kind, record) for kind in NODES for record in self.kinds[kind]}

    @staticmethod
    def read(folder, kind):
        base = os.path.join(folder, kind)
        for path in [base + ".json", base + ".ndjson"] + sorted(glob.glob(os.path.join(base, "*"))):
            if not os.path.isfile(path):
                continue
            with open(path, encoding="utf-8-sig") as file:
                text = file.read()
            yield from json.loads(text) if path.endswith(".json") else [json.loads(line) for line in text.splitlines() if line.strip()]

    def name(self, node):
        return self.node[node][1]["name"] if node else None

    def local(self, node):
        record, seen = self.node[node][1], set()
        if record.get("zone"):
            return True
        region = record.get("region")
        while region and region != self.head["home"] and region not in seen:
            seen.add(region)
            region = self.node[region][1].get("parent")
        return region == self.head["home"]

    def role(self, edge):
        return edge.get("role", "research" if self.node[edge["from"]][0] == "institutions" else "produce")

    def where(self, node):
        record = self.node[node][1]
        return self.name(record.get("zone") or record.get("region"))


def sources(records):
    found = set()
    for record in records:
        source = record.get("source", [])
        found |= set([source] if isinstance(source, str) else source)
    return found


def weakest(records):
    return max((record.get("basis", "stated") for record in records), key=list(BASIS).index)


def number(value):
    return "%.12g" % value


def bytes_of(text):
    return text.encode()


class Lists:
    """The lists of a chain, made once more. A row is a list of cells; a set stands for sources in byte order."""

    def __init__(self, data, chain, gaps, targets, lang):
        self.d, self.chain, self.lang = data, chain, ("zh", "en").index(lang)
        self.gaps = {row["link"]: row for row in gaps["rows"]}
        self.links = {link["id"]: link for link in data.kinds["links"]
                      if not link.get("abstract") and chain in [link["chain"]] + link.get("also", [])}
        self.targets = [row for row in targets["rows"] if row["link"] in self.links]
        self.ties = collections.defaultdict(list)  # by holder: (link or None, edge, is capability, role)
        for kind in ("capability", "prospect"):
            for edge in data.kinds[kind]:
                role = data.role(edge) if kind == "capability" else edge.get("role", "produce")
                if edge["to"] in self.links or edge["to"] == chain:
                    if kind == "capability" or role == "research":
                        self.ties[edge["from"]].append((edge["to"] if edge["to"] in self.links else None, edge, kind == "capability", role))
        for ties in self.ties.values():
            ties.sort(key=lambda tie: (tie[0] is None, bytes_of(tie[0] or ""), not tie[2], tie[3]))

    def word(self, words, key):
        return words[key][self.lang]

    def basis(self, records):
        return self.word(BASIS, weakest(records))

    def join(self, texts):
        return JOIN[self.lang].join(texts) or None

    def link_text(self, tie, holder):
        link, edge, is_capability, role = tie
        text = self.d.name(link) if link else WHOLE[self.lang]
        if not is_capability:
            return text
        says = role == "research" and self.d.node[holder][0] == "projects"
        return text + (RESEARCH if says else LEVEL)[self.lang] % number(edge.get("level", 1))

    def holders(self, wanted, rank):
        rows = []
        for holder, ties in self.ties.items():
            chosen = [tie for tie in ties if wanted(holder, tie)]
            if chosen:
                rows.append((holder, chosen))
        return sorted(rows, key=lambda row: (rank(row[0]), bytes_of(row[0])))

    def kind(self, holder):
        kind, record = self.d.node[holder]
        return self.word(KIND, kind if kind != "institutions" else record.get("type", "other"))

    def makes(self, holder, tie):
        kind, record = self.d.node[holder]
        works = kind == "firms" or (kind == "projects" and record.get("stage", "planned") == "operating")
        return works and tie[2] and tie[3] != "research" and self.d.local(holder)

    def firms(self):
        grades = list(GRADE)
        rank = lambda holder: grades.index(self.d.node[holder][1]["grade"]) if "grade" in self.d.node[holder][1] else len(grades)  # noqa: E731
        for holder, ties in self.holders(self.makes, rank):
            record = self.d.node[holder][1]
            records = [record] + [tie[1] for tie in ties]
            yield [holder, record["name"], self.kind(holder), self.word(GRADE, record["grade"]) if "grade" in record else None,
                   self.d.where(holder), self.join(self.link_text(tie, holder) for tie in ties), self.basis(records), sources(records)]

    def projects(self):
        stages = list(STAGE)
        stage = lambda holder: self.d.node[holder][1].get("stage", "planned")  # noqa: E731
        for holder, ties in self.holders(lambda holder, tie: tie[2] and self.d.node[holder][0] == "projects",
                                         lambda holder: -stages.index(stage(holder))):
            record = self.d.node[holder][1]
            records = [record] + [tie[1] for tie in ties]
            counts = "no" if not self.d.local(holder) else "supply" if stage(holder) == "operating" else "pipeline"
            yield [holder, record["name"], self.word(STAGE, stage(holder)), self.word(COUNTS, counts), self.d.name(record.get("firm")),
                   self.d.where(holder), record.get("invest"), self.join(self.link_text(tie, holder) for tie in ties), self.basis(records),
                   sources(records)]

    def talents(self):
        for holder, ties in self.holders(lambda holder, tie: tie[3] == "research", lambda holder: not self.d.local(holder)):
            record = self.d.node[holder][1]
            records = [record] + [tie[1] for tie in ties]
            place = LOCAL[self.lang] if self.d.local(holder) else self.d.name(record.get("region"))
            yield [holder, record["name"], self.kind(holder), place, self.join(self.link_text(tie, holder) for tie in ties if tie[2]),
                   self.join(self.link_text(tie, holder) for tie in ties if not tie[2]), self.basis(records), sources(records)]

    def researchers(self, link):
        """Who researches a link here, and who elsewhere; each a list of holders, and the records behind them."""
        here, elsewhere = ([], []), ([], [])
        for holder in sorted(self.ties, key=bytes_of):
            ties = [tie for tie in self.ties[holder] if tie[0] == link and tie[3] == "research"]
            if ties:
                side = here if ties[0][2] and self.d.local(holder) else elsewhere
                side[0].append(self.d.name(holder))
                side[1].extend([self.d.node[holder][1]] + [tie[1] for tie in ties])
        return here, elsewhere

    def support(self, link):
        here, elsewhere = self.researchers(link)
        if self.gaps[link]["research"] > 0:
            return "local"
        if here[0] or elsewhere[0]:
            return "outside"
        return "unsurveyed" if self.links[link].get("survey") == "none" else "none"

    def by_importance(self, wanted):
        return sorted((link for link in self.links.values() if wanted(link)), key=lambda link: (-link.get("importance", .5), bytes_of(link["id"])))

    def technologies(self):
        gaps = self.by_importance(lambda link: link.get("choke") or (link.get("survey") != "none" and self.support(link["id"]) != "local"))
        for link in sorted(gaps, key=lambda link: not link.get("choke", False)):
            here, elsewhere = self.researchers(link["id"])
            records = [link] + here[1] + elsewhere[1]
            row = self.gaps[link["id"]]
            yield [link["id"], link["name"], self.d.name(link["chain"]), self.word(STATUS, row["status"]), self.word(YES, row["choke"]),
                   row["importance"], row["research"], self.word(SUPPORT, self.support(link["id"])), self.join(here[0]),
                   self.join(elsewhere[0]), self.basis(records), sources(records)]

    def survey(self):
        unknown = lambda link: self.gaps[link["id"]]["status"] == "unknown"  # noqa: E731
        local = lambda link: self.support(link["id"]) == "local"  # noqa: E731
        for link in self.by_importance(lambda link: link.get("survey") == "none" and (unknown(link) or not local(link))):
            elsewhere = self.researchers(link["id"])[1]
            records = [link] + elsewhere[1]
            ask = "research" if not unknown(link) else "supply" if local(link) else "both"
            yield [link["id"], link["name"], self.d.name(link["chain"]), self.word(STATUS, self.gaps[link["id"]]["status"]),
                   self.gaps[link["id"]]["importance"], self.word(SUPPORT, self.support(link["id"])), self.word(ASK, ask),
                   self.join(elsewhere[0]), self.basis(records), sources(records)]

    def advice(self, items):
        return self.join(item["name"][("zh", "en")[self.lang]] for item in items)

    def policies(self):
        for row in self.targets:
            rules = {item["source"] for item in row["instruments"] + row["ways"] if item["source"]}
            leaders = [holder["name"] for role in ("leader", "unit", "alliance", "proposed_alliance") for holder in row["leaders"].get(role, [])]
            yield [row["link"], row["name"], self.d.name(row["chain"]), row["rank_overall"], self.word(ACTION, row["action"]),
                   self.word(STATUS, row["status"]), self.advice(row["instruments"]), self.advice(row["ways"]), Names(leaders),
                   self.word(BASIS, self.gaps[row["link"]]["basis"]), set(self.gaps[row["link"]]["sources"]) | rules]

    def attract(self):
        for row in self.targets:
            records = [self.links[row["link"]]] + [{"basis": item["basis"], "source": item["sources"]} for item in row["prospects"] + row["zones"]]
            yield [row["link"], row["name"], row["rank_overall"], Names(item["name"] for item in row["prospects"]),
                   Names(item["name"] for item in row["zones"]), self.basis(records), sources(records)]

    def channels(self):
        uses, rules = collections.OrderedDict(), {}
        for kind in ("instruments", "ways"):
            for row in self.targets:
                for item in row[kind]:
                    rules[item["id"]] = item
                    for channel in item.get("channels", []):
                        uses.setdefault((kind, item["id"], channel["id"]), []).append(row["name"])
        for (kind, rule, channel), links in uses.items():
            record = self.d.node[channel][1]
            text, rest = self.join(links), [row["name"] for row in self.targets if row["name"] not in links]
            if 2 * len(links) > len(self.targets) > 1:
                text = ALL[self.lang] + (BUT[self.lang] + self.join(rest) if rest else "")
            yield [rules[rule]["name"][("zh", "en")[self.lang]], channel, record["name"], self.d.name(record.get("region")), text,
                   self.basis([record]), sources([record]) | {rules[rule]["source"]}]

    def all(self):
        return [list(made) for made in (self.firms(), self.projects(), self.technologies(), self.talents(), self.policies(), self.survey(),
                                        self.attract(), self.channels())]


class Names(list):
    """A text that has these names in this order, and no others as far as its marks tell."""

    def match(self, text):
        if not self:
            return text is None or not re.sub("[^：:]*[：:]|待明确|vacant|[；;（(].*", "", text).strip()
        at = 0
        for name in self:
            at = (text or "").find(name, at)
            if at < 0:
                return False
            at += len(name)
        return True


def same(cell, value):
    if isinstance(value, Names):
        return value.match(cell)
    if isinstance(value, set):
        ordered = sorted(value, key=bytes_of)
        return cell in ("; ".join(ordered), "\n".join(ordered)) or (cell is None and not ordered)
    if isinstance(value, (int, float)):
        return isinstance(cell, float) and abs(cell - value) <= 1e-9 * max(1, abs(value))
    return cell == value


def differences(book, lists, lang):
    names = [words[("zh", "en").index(lang)] for words in SHEETS]
    if book.names[:-1] != names:
        yield "the sheets are %s" % book.names
        return
    for name, wanted in zip(names, lists):
        rows = book.sheets[name][1:]
        if not wanted:
            text = rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else ""
            if not isinstance(text, str) or len(text) < 8:
                yield "%s: does not say why it is empty: %r" % (name, rows[:2])
            continue
        keys = [tuple(row[:2]) if name == names[CHANNELS] else row[0] for row in rows]
        if name == names[CHANNELS]:  # the order of rules is the policy file's: kinds together, then by id within a rule
            order = {key: i for i, key in enumerate(dict.fromkeys(row[0] for row in rows))}
            wanted = sorted(wanted, key=lambda row: (order.get(row[0], 99), bytes_of(row[1])))
        if len(set(keys)) != len(keys):
            yield "%s: a row twice" % name
        if len(rows) != len(wanted):
            yield "%s: %d rows, not %d" % (name, len(rows), len(wanted))
        for row, want in zip(rows, wanted):
            if len(book.sheets[name][0]) != len(want):
                yield "%s: %d columns, not %d" % (name, len(book.sheets[name][0]), len(want))
                break
            for title, cell, value in zip(book.sheets[name][0], row + [None] * len(want), want):
                if not same(cell, value):
                    yield "%s: %s of %s is %r, not %r" % (name, title, row[0], cell, value)


def sense(book, lang):
    """What an office would not sign, whatever the records."""
    i = ("zh", "en").index(lang)
    for row in book.sheets[SHEETS[2][i]][1:]:
        if len(row) > 7 and row[3] == STATUS["unknown"][i] and row[4] == YES[False][i]:
            yield "%s is a gap of the technologies, and nobody has surveyed it" % row[0]
    for name in book.names[:-1]:
        words = {word for row in book.sheets[name] for word in row if isinstance(word, str)}
        raw = words & {"missing", "unknown", "stated", "inferred", "institutions", "firms", "leader", "backbone", "operating"} if lang == "zh" else set()
        if raw:
            yield "%s: raw words %s" % (name, raw)
    rows = {row[1] for row in book.sheets[NOTES[lang]] if len(row) > 1}
    meanings = [row for row in book.sheets[NOTES[lang]] if len(row) > 3 and row[3] in ("（未作说明）", "(not said)")]
    if meanings:
        yield "columns without a meaning: %s" % meanings
    if lang == "zh":
        ascii_marks = [text for row in book.sheets[NOTES[lang]] for text in row[3:4] if isinstance(text, str) and re.search("[\u4e00-\u9fff][,;:()]|[,;:(][\u4e00-\u9fff]", text)]
        if ascii_marks:
            yield "marks of another script: %s" % ascii_marks[:3]
    if not any("--pack" in str(text) for text in rows):
        yield "the notes lack the command"


class Checker:
    def __init__(self, liantu, data):
        self.liantu, self.data_folder = liantu, data
        self.count = self.failed = 0

    def run(self, arguments, check=True, **more):
        done = subprocess.run([self.liantu] + arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600,
                              **dict({"env": dict(os.environ, LANG="C")}, **more))
        if check and done.returncode:
            raise RuntimeError("%s: exit %d: %s" % (arguments, done.returncode, done.stderr.decode()))
        return done

    def ok(self, title, problems):
        problems = list(problems)
        self.count += 1
        self.failed += bool(problems)
        print("%s %d - %s" % ("not ok" if problems else "ok", self.count, title), flush=True)
        for problem in problems[:10]:
            print("# " + str(problem)[:400].replace("\n", "\\n"))


def check_lists(c, folder, data_folder, chain, lang):
    base = ["--data", data_folder]
    gaps = json.loads(c.run(base + ["gaps", "--format", "json"]).stdout)
    targets = json.loads(c.run(base + ["targets", "--format", "json"]).stdout)
    made = c.run(base + ["--lang", lang, "report", "--chain", chain, "--pack", folder])
    with open(os.path.join(folder, "lists.xlsx"), "rb") as file:
        book = Book(file.read())
    data = Data(data_folder)
    lists = Lists(data, chain, gaps, targets, lang).all()
    problems = list(differences(book, lists, lang)) + list(sense(book, lang)) + list(look_of(book, lang))
    for name, rows in zip(book.names, lists):
        problems += filter_of(book, name, len(rows))
        head = book.xml[name].find("{*}headerFooter").find("{*}oddHeader").text
        if data.name(chain) not in head:
            problems.append("%s: its pages do not name the chain: %s" % (name, head))
    said = made.stdout.decode().split("\n")[:-1]
    if said != sorted(os.path.join(folder, name) for name in os.listdir(folder)):
        problems.append("the files said are not those written: %s" % said)
    c.ok("%s in %s: %s rows" % (chain, lang, "+".join(str(len(rows)) for rows in lists)), problems)
    return lists


def without_firms(folder):
    """A city that has its chains and links, and nobody in them yet."""
    os.mkdir(folder)
    kinds = {
        "chains": [{"id": "wind", "name": "风电", "tier": "emerging", "segments": [{"id": "parts", "name": "部件", "stage": "upstream"}]},
                   {"id": "tide", "name": "潮汐能", "tier": "future"}],
        "links": [{"id": "blade", "name": "叶片", "chain": "wind", "segment": "parts", "choke": True, "survey": "none", "source": "plan#一"},
                  {"id": "gearbox", "name": "齿轮箱", "chain": "wind", "importance": .9, "source": "plan#二", "basis": "inferred"},
                  {"id": "turbine", "name": "整机", "chain": "wind", "importance": .9, "survey": "complete"},
                  {"id": "hub", "name": "轮毂", "chain": "wind", "survey": "none", "importance": .1}],
        "supply": [{"from": "gearbox", "to": "turbine"}, {"from": "blade", "to": "turbine"}],
        "regions": [{"id": "home", "name": "某市"}, {"id": "away", "name": "外省"}],
        "institutions": [{"id": "away-lab", "name": "外地实验室", "type": "lab", "region": "away"}, {"id": "no-place", "name": "无处所"}],
        "prospect": [{"from": "away-lab", "to": "hub", "role": "research", "basis": "assumed"},
                     {"from": "away-lab", "to": "wind", "role": "research"}, {"from": "no-place", "to": "gearbox", "role": "research"}],
    }
    for kind, records in kinds.items():
        with open(os.path.join(folder, kind + ".json"), "w", encoding="utf-8") as file:
            json.dump(records, file)
    with open(os.path.join(folder, "dataset.json"), "w", encoding="utf-8") as file:
        json.dump({"format": "liantu/1", "id": "bare", "title": "空城", "home": "home", "sources": [{"id": "plan", "title": "规划"}]}, file)


def with_places(folder, base):
    """The small dataset, with what the lists have to tell apart: projects elsewhere, research of projects, both ties of one holder."""
    shutil.copytree(base, folder)
    def more(kind, records):
        path = glob.glob(os.path.join(folder, kind + ".*"))
        path = path[0] if path else sorted(glob.glob(os.path.join(folder, kind, "*.ndjson")))[-1]
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            if path.endswith(".ndjson"):
                file.write(text + "".join(json.dumps(record) + "\n" for record in records))
            else:
                json.dump(json.loads(text) + records, file)
    more("projects", [{"id": "far-plant", "name": "外地项目", "stage": "building", "region": "guangdong"},
                      {"id": "pilot", "name": "中试项目", "zone": "gaoxin"}, {"id": "a-plant", "name": "投产项目", "stage": "operating", "region": "yanjin"}])
    more("firms", [{"id": "small-one", "name": "小厂", "grade": "small", "zone": "gaoxin"}, {"id": "a-no-grade", "name": "未分梯队", "zone": "gaoxin"}])
    more("capability", [{"from": "far-plant", "to": "cell"}, {"from": "pilot", "to": "separator", "role": "research", "level": .3},
                        {"from": "pilot", "to": "cathode"}, {"from": "a-plant", "to": "bms", "level": .125},
                        {"from": "small-one", "to": "cathode", "level": .5}, {"from": "small-one", "to": "bms", "role": "service"},
                        {"from": "a-no-grade", "to": "electrolyte"}, {"from": "ion-institute", "to": "cathode", "level": .9},
                        {"from": "normal-university", "to": "bms", "role": "produce"}])
    more("prospect", [{"from": "normal-university", "to": "lithium", "role": "research"}, {"from": "ion-institute", "to": "separator", "role": "research"}])


def shuffled(folder, data_folder):
    """The same records in another order, in files of another form."""
    os.mkdir(folder)
    chance = random.Random(7)
    data = Data(data_folder)
    shutil.copy(os.path.join(data_folder, "dataset.json"), folder)
    for kind, records in data.kinds.items():
        chance.shuffle(records)
        if records:
            with open(os.path.join(folder, kind + ".ndjson"), "w", encoding="utf-8") as file:
                file.writelines(json.dumps(record) + "\n" for record in records)


def contents(folder):
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(root, name), "rb") as file:
                found[os.path.relpath(os.path.join(root, name), folder)] = file.read()
    return found


def check_bytes(c, folder):
    """The same bytes, in whatever folder, time zone and order of records."""
    data, chain = (c.data_folder, "hydrogen") if not FEW else (os.path.join(TESTS, "bad", "base"), "battery")
    shuffled(os.path.join(folder, "data"), data)
    for lang in ("zh", "en"):
        packs = [os.path.join(folder, lang + name) for name in ("one", "two")]
        c.run(["--data", data, "--lang", lang, "report", "--chain", chain, "--pack", packs[0]])
        c.run(["--data", os.path.join(folder, "data"), "--lang", lang, "report", "--chain", chain, "--pack", packs[1] + "//"],
              env=dict(os.environ, LANG="C", TZ="America/New_York"))
        one, two = map(contents, packs)
        c.ok("the same bytes of %s in %s with the records shuffled" % (chain, lang),
             ["%s differs" % name for name in sorted(one.keys() | two.keys()) if one.get(name) != two.get(name)] + ([] if len(one) >= 10 else [str(sorted(one))]))


def pack_of(c, folder, *more, data=os.path.join(TESTS, "bad", "base"), chain="battery", **how):
    return c.run(["--data", data, "report", "--chain", chain, "--pack", folder] + list(more), check=False, **how)


def check_stale(c, folder):
    """What an earlier bundle left goes, and is named; what is somebody's own stays."""
    pack = os.path.join(folder, "p")
    pack_of(c, pack)
    names = sorted(os.listdir(pack))
    stale, own = ["industry-2.svg", "targeting-3.svg", "targeting-12.pdf"], ["targeting-draft.svg", "targeting-.svg", "notes.xlsx", "my-industry.pdf"]
    for name in stale + own:
        with open(os.path.join(pack, name), "w") as file:
            file.write("earlier")
    done = pack_of(c, pack)
    problems = [] if done.returncode == 0 else ["exit %d" % done.returncode]
    if sorted(os.listdir(pack)) != sorted(names + own):
        problems.append("there is %s" % sorted(os.listdir(pack)))
    said = done.stderr.decode()
    problems += ["%s is not said" % name for name in stale if name not in said]
    problems += ["%s is said" % name for name in own if name in said]
    c.ok("pages of an earlier bundle go", problems)
    before = contents(pack)
    with open(os.path.join(pack, "targeting-3.svg"), "w") as file:
        file.write("earlier")
    done = pack_of(c, pack, env=dict(os.environ, LANG="C", PATH="/nonexistent"))
    problems = [] if done.returncode == 0 else ["exit %d" % done.returncode]
    if sorted(contents(pack)) != sorted(before.keys() - {"report.docx"}) or b"report.docx" not in done.stderr or b"pandoc" not in done.stderr:
        problems.append("without pandoc there is %s: %s" % (sorted(os.listdir(pack)), done.stderr))
    c.ok("without pandoc there is no docx, nor an old one", problems)
    done = pack_of(c, pack, chain="hydrogen")  # which has no links
    left = sorted(set(os.listdir(pack)) - set(own))
    c.ok("a chain without links has no maps, nor old ones", [] if done.returncode == 0 and left in (["lists.xlsx", "report.docx", "report.html"], ["lists.xlsx", "report.html"])
         else ["exit %d, %s" % (done.returncode, left)])


def check_failures(c, folder):
    """Exit 4 and the name of what could not be written; what was there before stays as it was."""
    def refused(title, pack, name, **how):
        before = contents(folder)
        done = pack_of(c, os.path.join(folder, pack), **how)
        problems = [] if done.returncode == 4 and not done.stdout else ["exit %d: %s" % (done.returncode, done.stdout)]
        if name.encode() not in done.stderr:
            problems.append("%s is not named: %s" % (name, done.stderr))
        if contents(folder) != before:
            problems.append("left behind: %s" % sorted(contents(folder).keys() ^ before.keys()))
        if how.get("preexec_fn") and os.path.exists(os.path.join(folder, pack)):
            problems.append("the folder is left behind")
        c.ok(title, problems)

    with open(os.path.join(folder, "file"), "w") as file:
        file.write("x")
    refused("a file where the folder should be", "file", "file")
    refused("a folder below a file", "file/p", "file/p")
    refused("a folder that has no folder above it", "none/p", "none/p")
    pack_of(c, os.path.join(folder, "whole"))
    for name in ("lists.xlsx", "report.html", "supply.svg"):
        shutil.copytree(os.path.join(folder, "whole"), os.path.join(folder, "at-" + name))
        path = os.path.join(folder, "at-" + name, name)
        os.remove(path)
        os.mkdir(path)
        refused("a folder where %s should be" % name, "at-" + name, name)
        shutil.rmtree(path)
        os.symlink("/dev/full", path)
        done = pack_of(c, os.path.join(folder, "at-" + name))
        there = sorted(os.listdir(os.path.join(folder, "at-" + name)))
        c.ok("a full disk at %s" % name, [] if done.returncode == 4 and not done.stdout and there == sorted(os.listdir(os.path.join(folder, "whole")))
             else ["exit %d, %s" % (done.returncode, there)])
        os.remove(path)
    for limit in (0, 5000, 40000, 150000):
        def limited():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        refused("files of at most %d bytes" % limit, "limited", "", preexec_fn=limited, restore_signals=False)
    if os.geteuid() != 0:
        os.mkdir(os.path.join(folder, "locked"), 0o555)
        refused("a folder that may not be written to", "locked", "locked")


def check_ids(c, folder):
    """Chains whose ids no file may be called get folders of their own, inside the one asked for."""
    ids = ["..", ".", "a/b", "a%2Fb", "../out", "a\\b", "nul:", "尾点.", "-rf", "..."]
    data = os.path.join(folder, "data")
    without_firms(data)
    with open(os.path.join(data, "chains.json"), "w", encoding="utf-8") as file:
        json.dump([{"id": "wind", "name": "风电", "tier": "emerging", "segments": [{"id": "parts", "name": "部件"}]}]
                  + [{"id": i, "name": "链\u001b[31m%d" % n, "tier": "future"} for n, i in enumerate(ids)], file)
    pack = os.path.join(folder, "deep", "p")
    os.mkdir(os.path.dirname(pack))
    done = c.run(["--data", data, "report", "--pack", pack], check=False)
    made = os.listdir(pack) if os.path.isdir(pack) else []
    problems = [] if done.returncode == 0 else ["exit %d: %s" % (done.returncode, done.stderr[:300])]
    if len(made) != len(ids) + 1 or not all(os.path.isfile(os.path.join(pack, name, "lists.xlsx")) for name in made):
        problems.append("folders: %s" % made)
    if sorted(os.listdir(folder)) != ["data", "deep"] or os.listdir(os.path.dirname(pack)) != ["p"]:
        problems.append("outside: %s, %s" % (os.listdir(folder), os.listdir(os.path.dirname(pack))))
    if any(re.search(r'[\\:*?"<>|]|\.$', name) for name in made):
        problems.append("no name on Windows: %s" % made)
    if b"\x1b" in done.stderr:
        problems.append("a name steers the terminal")
    c.ok("ids that no file may be called", problems)


def main():
    c = Checker(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]))
    with tempfile.TemporaryDirectory() as folder:
        bare, small = os.path.join(folder, "bare"), os.path.join(folder, "small")
        without_firms(bare)
        with_places(small, os.path.join(TESTS, "bad", "base"))
        cases = [(small, "battery"), (small, "robots"), (bare, "wind"), (bare, "tide")]
        cases += [] if FEW else [(c.data_folder, chain) for chain in ("hydrogen", "gene", "equipment", "battery")]
        filled = collections.Counter()
        for number_of, (data, chain) in enumerate(cases):
            for lang in ("zh", "en"):
                lists = check_lists(c, os.path.join(folder, "pack-%d-%s" % (number_of, lang)), data, chain, lang)
                filled.update(i for i, rows in enumerate(lists) if rows)
        c.ok("no list is empty everywhere", ["%s" % SHEETS[i][0] for i in range(len(SHEETS)) if not filled[i]])
    for check in (check_bytes, check_stale, check_failures, check_ids):
        with tempfile.TemporaryDirectory() as folder:
            check(c, folder)
    print("1..%d" % c.count)
    return 1 if c.failed else 0


if __name__ == "__main__":
    sys.exit(main())
