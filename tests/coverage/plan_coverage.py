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

# Words that open a list: what stands before the last of them is not part of the first item.
LEADS = tuple(sorted("""
做精做强 做大做强 做强 做大 做精 聚焦发展 重点发展 大力发展 加快发展 创新发展 提升发展 培育发展 鼓励发展 积极发展 发展
大力引进承接 引进承接 大力引进 积极引进 争取引进 加快引进 重点引进 引进培育 引进和培育 引进 引入 吸引
积极对接 对接 瞄准 面向 围绕 聚焦 依托 借助 利用 充分利用 针对 通过 顺应 适应 突出 强化 加强与 加强 深化与 深化同 深化
推进 推动 加快推动 加快推进 加快建设 加快打造 加快培育 加快 打造集 打造 建设 培育 拓展 积极拓展 提升 完善 优化
开发 积极开发 突破 掌握 涉及 形成 构建 建成 创建 申建 争创 争取 支持 鼓励 引导 组织 参与 积极参加 积极参与 参加 办好 举办
主要承接 承接 大力承接 积极承接 主动融入 融入 建立 设立 成立 拓宽 采取 推行 落实 贯彻落实 实施 开展 强化对 加强对 提高
整合 盘活 汇聚 充实 选派 聘请 委托 邀请 包括 涵盖 主要包括 以及 整理 提供 生产以 引进以 发挥 激发 促进 实现 保持 保障
深度融入 协作 集聚 抢抓 紧抓 紧扣 截至 巩固提升 巩固 全面 积极探索 探索 充分发挥 建好 持续办好 在 对 以 为 从 向 将 把 按照 根据 由 与 同
""".split(), key=len, reverse=True))

# Words that close a list: what stands from there on is not part of the last item.
TAIL = re.compile(r"(?<![高中初平同均])等(?!级|院校|教育|职业).*$|[\d一二三四五六七八九十两]+ ?大(?=[^学]).*$|[三四五]个\d*.*$|在我市.*$|[为以]?为?(?:一体的|主要方向|主的|核心的|重点|支撑|抓手|方向$|突破口|引领$|目标$).*$"
                  r"|(?:开展|领域升级|落户|方向发展|聚合发展|水平$).*$|建设$")

SUFFIXES = ("产业", "制造业", "行业", "领域", "企业", "等", "方面", "机构", "环节")
JOINT = re.compile(r"以及|及其|和|及|与|或|的|[+/()]")


def fold(text):
    """Full width, spaces, quotes and dashes do not count, nor do capitals."""
    return re.sub(r"[\s“”\"'‘’·—\-–,。]", "", unicodedata.normalize("NFKC", text)).lower()


def stem(text):
    text = fold(text)
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
    best = 0
    for lead in LEADS:
        at = token.rfind(lead) if anywhere else (0 if token.startswith(lead) else -1)
        if at >= 0 and len(token) - at - len(lead) >= 2 and (anywhere or at == 0):
            if len(lead) == 1 and at > 0:
                continue
            best = max(best, at + len(lead))
    return token[best:]


def enumerations(lines):
    """The items of a section, each once, in order."""
    items = {}

    def add(token, anywhere):
        token = cut_lead(fold(token), anywhere)
        if len(token) >= 2:
            items.setdefault(token)

    for line in lines:
        line = re.sub(r"《[^》]*》", "", line)
        line = line.replace("(市、区)", "").replace("(市、区 )", "")
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
        self.whole, self.places, within = set(), set(), set()
        for kind in KINDS:
            for record in records(data, kind):
                names = [record["name"]] + record.get("aliases", []) + [s["name"] for s in record.get("segments", [])]
                for name in names:
                    for text in (fold(name), stem(name)):
                        if len(text) >= 2:
                            self.whole.add(text)
                            if kind != "kpis":
                                within.add(text)
                            if kind in ("regions", "zones"):
                                self.places.add(text)
        self.text = "\n" + "\n".join(within) + "\n"
        self.longest = max(map(len, self.whole), default=0)

    def covers(self, item):
        text = stem(item)
        if text in self.whole or fold(item) in self.whole:
            return True
        if len(text) >= 4 and text in self.text:
            return True
        if len(text) == 3 and ("\n" + text in self.text or text + "\n" in self.text):
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
