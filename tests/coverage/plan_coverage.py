#!/usr/bin/env python3
"""What the plan enumerates and the dataset does not name, section by section.

    plan_coverage.py PLAN DATA [--list]

The plan text is cut into sections (一(一) … 八(五), 专栏一 … 专栏十四) and each section into the items of its
enumerations: what stands between 、, what brackets enumerate, and the parts joined by 和, 及, 与.
An item is covered when the name or an alias of some record of DATA (of any kind, segments too) is the item,
contains it, or when such names make up most of it. Items that are no facts of the graph are taken out by
not_items.txt, which stands beside this file and gives a reason for each group.

TAP: one line per section, `ok N - SECTION: N items, M covered, K left`; not ok when an item is left
that the part 未覆盖 of DATA/NOTES.md does not name. --list names the items left (+ told in NOTES.md, - not).
Exit 0 when every section is ok or PLAN is not there, 1 when not, 2 on wrong use, 3 when DATA cannot be read.
"""

import json
import os
import re
import sys
import unicodedata

KINDS = ("chains", "links", "firms", "institutions", "zones", "regions", "agencies", "projects", "channels", "kpis")
NUMERALS = "一二三四五六七八九十"

# Words that open a list: what stands before the last of them is not part of the first item. Longest first.
LEADS = """
具有行业先进水平的 具有国内影响力的 重点县(区)在 大力引进承接 体系化承接 开发区布局 引进和培育 主动融入
主要包括 主要承接 争取引进 做大做强 做精做强 充分利用 充分发挥 创新发展 加快发展 加快培育 加快建设
加快引进 加快打造 加快推动 加快推进 培育发展 大力发展 大力引进 大力承接 巩固提升 开发区在 引进培育
引进承接 持续办好 提升发展 深度融入 积极参与 积极参加 积极发展 积极对接 积极开发 积极引进 积极承接
积极拓展 积极探索 聚焦发展 贯彻落实 重点发展 重点引进 鼓励发展 力争在 加强与 加强对 引进以 强化对 打造集
深化与 深化同 生产以 举办 争创 争取 以及 优化 依托 促进 保持 保障 借助 做大 做强 做精 充实 全面
创建 利用 办好 加强 加快 助力 包括 协作 参与 参加 发展 发挥 吸引 围绕 培育 委托 完善 完成 实施
实现 对接 巩固 建好 建成 建立 建设 开发 开展 引入 引导 引进 强化 形成 成立 截至 打造 承接 抢抓
拓宽 拓展 按照 掌握 探索 推动 推行 推进 提供 提升 提高 支持 整合 整理 构建 根据 汇聚 涉及 涵盖
深化 激发 申建 盘活 立足 直达 瞄准 突出 突破 紧扣 紧抓 组织 聘请 聚焦 落实 融入 设立 适应 选派 通过
邀请 采取 针对 集聚 面向 顺应 鼓励 与 为 从 以 同 向 在 对 将 把 由
""".split()

# Words that close a list: what stands from there on is not part of the last item.
TAIL = re.compile(r"""
    (?<![高中初平同均])等(?!级|院校|教育|职业).*$
  | [\d一二三四五六七八九十两]+\ ?大(?=[^学]).*$
  | [三四五]个\d*.*$
  | 在我市.*$
  | 为(?:一体的|主要方向|主的|核心的|重点|支撑|抓手|方向$|突破口|引领$|目标$).*$
  | (?:开展|领域升级|落户|方向发展|聚合发展|水平$).*$
  | (?:建设|向乡镇下沉|作用)$
""", re.VERBOSE)

SUFFIXES = ("产业", "制造业", "行业", "领域", "企业", "等", "方面", "机构", "环节", "部门")
PARTS = re.compile(r"、|以及|和|及|与")
JOINT = re.compile(r"以及|及其|和|及|与|或|的|[+/()]")


def fold(text):
    """Full width, spaces, quotes and dashes do not count, nor do capitals."""
    return re.sub(r"[\s“”\"'‘’·—\-–,。]", "", unicodedata.normalize("NFKC", text)).lower()


def stem(text):
    text = re.sub(r"[\d百千三五十]+亿级", "", fold(text))
    while True:
        for suffix in SUFFIXES:
            if text.endswith(suffix) and len(text) - len(suffix) >= 2:
                text = text[:-len(suffix)]
                break
        else:
            return text


def sections(text):
    """(id, text) in the order of the plan; a box that stands twice counts once."""
    order, found = [], {}
    chapter = name = None
    for line in text.splitlines():
        line = unicodedata.normalize("NFKC", line).strip()
        box = re.match(r"专栏([%s]+)\s" % NUMERALS, line)
        head = re.match(r"([%s]+)、" % NUMERALS, line)
        part = re.match(r"\(([%s]+)\)" % NUMERALS, line)
        if box:
            name = "专栏" + box.group(1)
            if name in found:
                name = None
        elif head and len(line) < 40:
            chapter = name = head.group(1)
        elif part and len(line) < 40 and chapter:
            name = chapter + "(" + part.group(1) + ")"
        else:
            if name and line:
                if name not in found:
                    order.append(name)
                found.setdefault(name, []).append(line)
            continue
    return [(name, found[name]) for name in order]


def cut_lead(token, anywhere):
    """Without the words that open the list; within the first item they may follow other words."""
    best = 0
    for lead in LEADS:
        at = token.rfind(lead) if anywhere and len(lead) > 1 else (0 if token.startswith(lead) else -1)
        if at >= 0 and len(token) - at - len(lead) >= 2 and not (lead.endswith("开发") and token[at + len(lead)] == "区"):
            best = max(best, at + len(lead))
    token = re.sub(r"^(?:等(?:地|行业|领域)?的?|\d+个)", "", token[best:])
    return cut_lead(token, False) if best else token


def enumerations(lines):
    """The items of a section, each once, in order."""
    items = {}

    def add(token, anywhere):
        token = cut_lead(fold(token), anywhere)
        if len(token) >= 2:
            items.setdefault(token)

    for line in lines:
        line = re.sub(r"《[^》]*》", "", line)
        line = re.sub(r"\((?:市、区|自治区、直辖市) ?\)", "", line)
        inner = []

        def bracket(match):
            if "、" in match.group(1) or "," in match.group(1):
                inner.extend(re.split("[、,]", match.group(1)))
                return ""
            return match.group(0)

        line = re.sub(r"\(([^()]*)\)", bracket, line)
        for item in inner:
            add(TAIL.sub("", item), False)
        for clause in re.split("[。;:!?,]", line):
            if "、" not in clause:
                continue
            tokens = [token.strip() for token in clause.split("、")]
            for number, token in enumerate(tokens):
                last = number == len(tokens) - 1
                close = TAIL.search(token)
                if close and not last:  # one list ends and the next begins within the token
                    add(token[:close.start()], number == 0)
                    token = close.group(0)
                    add(token, True)
                else:
                    add(TAIL.sub("", token), number == 0)
    return list(items)


class Names:
    def __init__(self, data):
        self.whole, self.places = set(), set()
        within, figures, chains = set(), set(), set()
        for kind in KINDS:
            for record in records(data, kind):
                names = [record["name"]] + record.get("aliases", []) + [s["name"] for s in record.get("segments", [])]
                for name in names:
                    for text in {form(part) for part in [name] + PARTS.split(name) for form in (fold, stem)}:
                        if len(text) >= 2:
                            self.whole.add(text)
                            if kind in ("regions", "zones"):
                                self.places.add(text)
                            (figures if kind == "kpis" else within).add(text)
                            if kind == "chains":
                                chains.add(text)
        self.text = "\n" + "\n".join(within) + "\n"
        self.figures = "\n".join(figures)
        self.chains = "\n" + "\n".join(chains) + "\n"
        self.longest = max(map(len, self.whole), default=0)

    def covers(self, item):
        text = stem(item)
        if text in self.whole or fold(item) in self.whole:
            return True
        if any(len(t) >= 4 and t in self.text or len(t) >= 5 and t in self.figures for t in (text, fold(item))):
            return True
        edges = self.text if len(text) == 3 else self.chains  # a short word says little within a long name
        if len(text) >= 2 and ("\n" + text in edges or text + "\n" in edges):
            return True
        at = told = 0
        facts = False
        while at < len(text):
            for size in range(min(self.longest, len(text) - at), 1, -1):
                piece = text[at:at + size]
                if piece in self.whole:
                    told += size
                    facts = facts or piece not in self.places
                    at += size
                    break
            else:
                at += 1
        return told == len(text) or (facts and told >= 0.6 * len(text))


def records(data, kind):
    for form in (kind + ".json", kind + ".ndjson", kind):
        path = os.path.join(data, form)
        if not os.path.exists(path):
            continue
        files = [path] if os.path.isfile(path) else [os.path.join(path, name) for name in sorted(os.listdir(path))]
        for name in files:
            with open(name, encoding="utf-8-sig") as stream:
                if name.endswith(".ndjson"):
                    yield from (json.loads(line) for line in stream if line.strip())
                elif name.endswith(".json"):
                    yield from json.load(stream)


def filters(path):
    """Lines of not_items.txt: `# …` the reason of a group, `~ …` a pattern of whole items, else items between 、."""
    exact, patterns = set(), []
    with open(path, encoding="utf-8") as stream:
        for line in map(str.strip, stream):
            if line.startswith("~"):
                patterns.append(line[1:].strip())
            elif line and not line.startswith("#"):
                exact.update(fold(word) for word in line.split("、"))
    pattern = re.compile("|".join("(?:%s)" % p for p in patterns) or r"(?!)")
    return (lambda item: fold(item) in exact), (lambda item: pattern.fullmatch(fold(item)) is not None)


def told_in_notes(data):
    path = os.path.join(data, "NOTES.md")
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as stream:
        text = stream.read()
    parts = re.split(r"^#+ ", text, flags=re.M)
    return "\n".join(fold(part) for part in parts if "未覆盖" in part.split("\n", 1)[0])


def judge(item, names, word, phrase):
    """None when the item is no fact, else whether it is covered. A pattern takes out only what is not covered."""
    if word(item):
        return None
    if names.covers(item):
        return True
    parts = [part for part in JOINT.split(item) if len(part) >= 2]
    if len(parts) > 1:
        facts = [part for part in parts if not word(part)]
        if facts and all(names.covers(cut_lead(part, False)) for part in facts):
            return True
        if not facts:
            return None
    return None if phrase(item) else False


def main(arguments):
    listing = "--list" in arguments
    paths = [a for a in arguments if a != "--list"]
    if len(paths) != 2 or any(a.startswith("-") for a in paths):
        print("usage: plan_coverage.py PLAN DATA [--list]", file=sys.stderr)
        return 2
    plan, data = paths
    if not os.path.isfile(plan):
        print("1..0 # SKIP no plan text at %s" % plan)
        return 0
    try:
        with open(os.path.join(data, "dataset.json"), encoding="utf-8-sig") as stream:
            json.load(stream)
        names = Names(data)
        notes = told_in_notes(data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print("%s: %s" % (data, error), file=sys.stderr)
        return 3
    word, phrase = filters(os.path.join(os.path.dirname(os.path.abspath(__file__)), "not_items.txt"))
    with open(plan, encoding="utf-8-sig") as stream:
        found = sections(stream.read())
    print("1..%d" % len(found))
    failed = False
    for number, (section, lines) in enumerate(found, 1):
        verdicts = [(item, judge(item, names, word, phrase)) for item in enumerations(lines)]
        verdicts = [(item, covered) for item, covered in verdicts if covered is not None]
        left = [item for item, covered in verdicts if not covered]
        untold = [item for item in left if fold(item) not in notes]
        failed = failed or bool(untold)
        print("%s %d - %s: %d items, %d covered, %d left" %
              ("not ok" if untold else "ok", number, section, len(verdicts), len(verdicts) - len(left), len(left)))
        if listing:
            for item in left:
                print("#   %s %s" % ("-" if item in untold else "+", item))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
