#!/usr/bin/env python3
"""Open the workbooks of the table commands and hold them against their JSON and against what a spreadsheet can take; prints TAP.

    check_xlsx.py LIANTU
"""

import collections
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ET
import zipfile

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
COMMANDS = [["validate"], ["stats"], ["gaps"], ["gaps", "--chain", "battery"], ["bottlenecks"], ["bottlenecks", "--explain", "lithium"],
            ["bottlenecks", "--without", "kelong"], ["unlock", "cell"], ["cut", "cell"], ["cut", "cell", "--limit", "1"],
            ["unlock", "cell", "--cost", "policy"], ["targets"], ["targets", "--top", "2", "--robust", "50", "--seed", "1"],
            ["targets", "--min-basis", "stated"], ["position"], ["position", "--zone", "gaoxin"], ["portfolio", "--pick", "4"],
            ["portfolio", "--pick", "2", "--capacity", "*=1", "--method", "greedy"]]
NOTES = {"zh": "说明与来源", "en": "Notes and sources"}
NOTHING = {"zh": "（没有记录）", "en": "(no records)"}
LONG_TEXTS = {"zh": "长文本", "en": "Long texts"}
YES = {"zh": ("是", "否"), "en": ("yes", "no")}
HOSTILE = ["=HYPERLINK(\"http://example.org\",\"x\")", "=1+1", "+1", "-1", "@SUM(A1)", "http://example.org/", "mailto:a@example.org",
           "\\\\server\\share", "a\u0007b\u001b[31mc", "line\nbreak\r\nand return", "\ttab", " before and after ", "_x0041_ and _x005F_",
           "</t></is></c>&amp;<f>1</f>", "]]>", "氢\U0001F600\u200b", "0012", "1e5", "TRUE", "2022-12-07", "\ufffe\uffff\u0085",
           "长" * 40000, "=" + "\U0001F600" * 20000]


class Book:
    """What stands in a workbook: sheets by name, each a list of rows of values (text, number or None)."""

    def __init__(self, data):
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.parts = {name: ET.fromstring(self.zip.read(name)) for name in self.zip.namelist()}
        self.names = [sheet.get("name") for sheet in self.parts["xl/workbook.xml"].iter(MAIN + "sheet")]
        self.xml = {name: self.parts["xl/worksheets/sheet%d.xml" % (i + 1)] for i, name in enumerate(self.names)}
        self.defined = {(d.get("name"), int(d.get("localSheetId"))): d.text
                        for d in self.parts["xl/workbook.xml"].iter(MAIN + "definedName")}
        self.sheets = {name: self.rows(sheet) for name, sheet in self.xml.items()}

    @staticmethod
    def rows(sheet):
        rows = []
        for row in sheet.iter(MAIN + "row"):
            rows += [[] for _ in range(int(row.get("r")) - 1 - len(rows))]
            cells = []
            for cell in row.iter(MAIN + "c"):
                cells += [None] * (column_of(cell.get("r")) - len(cells))
                cells.append(value_of(cell))
            rows.append(cells)
        return rows


def column_of(reference):
    column = 0
    for letter in re.match("[A-Z]+", reference).group():
        column = column * 26 + ord(letter) - 64
    return column - 1


def value_of(cell):
    if cell.get("t") == "inlineStr":
        text = "".join(t.text or "" for t in cell.iter(MAIN + "t"))
        return re.sub("_x([0-9A-Fa-f]{4})_", lambda escape: chr(int(escape.group(1), 16)), text)
    if cell.get("t") is not None:
        raise ValueError("cell %s has type %s" % (cell.get("r"), cell.get("t")))
    return float(cell.find(MAIN + "v").text)


def units(text):
    return len(text.encode("utf-16-le")) // 2


def width_of(text):
    return max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in text.split("\n"))


def at(row, i):
    return row[i] if i < len(row) else None


def member(record, key):
    for part in key.split("."):
        record = record.get(part) if isinstance(record, dict) else None
    return record


class Checker:
    def __init__(self, liantu):
        self.liantu = liantu
        self.count = self.failed = 0

    def run(self, arguments, **environment):
        env = dict(os.environ, LANG="C", **environment)
        return subprocess.run([self.liantu] + arguments, env=env, cwd=TESTS, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)

    def ok(self, title, problems):
        self.count += 1
        self.failed += bool(problems)
        print("%s %d - %s" % ("not ok" if problems else "ok", self.count, title))
        for problem in list(problems)[:10]:
            print("# " + problem.encode("unicode_escape").decode()[:400])


def look_of(book, lang):
    """Problems with what every sheet has: its name, and how it is printed."""
    names = book.names
    if names[-1] != NOTES[lang]:
        yield "the last sheet is %s" % names[-1]
    for i, name in enumerate(names):
        xml = book.xml[name]
        if units(name) > 31 or re.search(r"[\[\]:*?/\\]", name) or name.strip("'") != name:
            yield "no name for a sheet: %s" % name
        page = xml.find(MAIN + "pageSetup")
        if (page.get("orientation"), page.get("paperSize"), page.get("fitToHeight")) != ("landscape", "9", "0"):
            yield "%s: page %s" % (name, page.attrib)
        foot = xml.find(MAIN + "headerFooter").find(MAIN + "oddFooter").text
        if "&P" not in foot or "&N" not in foot or len(foot) > 255:
            yield "%s: footer %s" % (name, foot)
        for column in xml.iter(MAIN + "col"):
            if not 6 <= float(column.get("width")) <= 93:
                yield "%s: column width %s" % (name, column.get("width"))
        if name in (NOTES[lang], LONG_TEXTS[lang]):
            continue
        if not book.defined.get(("_xlnm.Print_Titles", i), "").endswith("$1:$1"):
            yield "%s: heading is not repeated in print" % name
    if len({name.lower() for name in names}) != len(names):
        yield "two sheets have one name: %s" % names
    if any(list(part.iter(MAIN + tag)) for part in book.parts.values() for tag in ("f", "hyperlink")):
        yield "there is a formula or a link"
    if any(relation.get("TargetMode") == "External" for part in book.parts.values() for relation in part.iter()):
        yield "something outside is referred to"


def filter_of(book, name, rows):
    """Problems with the frozen heading, the filter and the widths of a table's sheet."""
    xml, last = book.xml[name], len(book.sheets[name][0])
    pane = next(xml.iter(MAIN + "pane"), None)
    if pane is None or (pane.get("ySplit"), pane.get("state"), pane.get("topLeftCell")) != ("1", "frozen", "A2"):
        yield "%s: the heading is not frozen" % name
    ref = next((f.get("ref") for f in xml.iter(MAIN + "autoFilter")), None)
    if rows:
        end = ref.split(":")[1] if ref else "A1"
        if not ref.startswith("A1:") or column_of(end) != last - 1 or int(re.search(r"\d+", end).group()) != rows + 1:
            yield "%s: filter of %s" % (name, ref)
    else:
        if ref:
            yield "%s: a filter of nothing" % name
        return
    widths = {int(c.get("min")) - 1: float(c.get("width")) for c in xml.iter(MAIN + "col")}
    for row in book.sheets[name][1:]:
        for i, value in enumerate(row):
            if isinstance(value, str) and 24 >= width_of(value) > widths[i]:
                yield "%s: column %d is too narrow for %s" % (name, i, value)


def same(cell, value, lang, words):
    """Whether a cell shows a value of JSON. Words of the contract go with one text each, which `words` remembers."""
    if isinstance(value, bool):
        return cell == YES[lang][0 if value else 1]
    if isinstance(value, (int, float)):
        return isinstance(cell, float) and cell == value
    if value is None or value == [] or value == "":
        return cell is None
    if isinstance(value, dict):
        return cell == value[lang] if lang in value else isinstance(cell, str)
    if isinstance(value, list):
        if not all(isinstance(item, str) for item in value):
            return isinstance(cell, str)
        return cell in ("; ".join(value), "\n".join(value)) or len(cell.split("、" if lang == "zh" else ", ")) == len(value)
    return cell == value or words.setdefault(value, cell) == cell


def notes_of(book, lang):
    """Titles, keys and meanings that the notes have, by sheet; and the key of each sheet's table."""
    columns, tables, heads = collections.defaultdict(list), {}, None
    for row in book.sheets[NOTES[lang]]:
        if at(row, 2) in ("字段", "field"):
            heads = at(row, 3)
        elif not row:
            heads = None
        elif heads in ("内容", "content"):
            tables[row[0]] = at(row, 2)
        elif heads in ("含义", "meaning"):
            columns[row[0]].append((row[1], at(row, 2), at(row, 3)))
    return columns, tables


def values_of(book, output, lang):
    """Problems with the values: each table's against the JSON's, each column's meaning."""
    columns, tables = notes_of(book, lang)
    for name, key in tables.items():
        if key is None:
            continue
        titles = [title for title, _, _ in columns[name]]
        if book.sheets[name][0] != titles:
            yield "%s: headings %s, notes %s" % (name, book.sheets[name][0], titles)
        for title, _, meaning in columns[name]:
            if not meaning or meaning in ("（未作说明）", "(not said)"):
                yield "%s: nothing says what %s means" % (name, title)
        first = output["rows"][0] if output["rows"] else {}
        # a table that JSON does not have shows the rows once more, or what is nested in the only one, or is for people only
        again = all(field.split(".")[0] in first for _, field, _ in columns[name])
        nested = first.get(key) if key in ("sets", "importance") else output["rows"] if again else None
        records = output.get("summary", {}).get(key, nested)
        rows = [row for row in book.sheets[name][1:] if row != [NOTHING[lang]]]
        comparable = records is not None and all(isinstance(record, dict) for record in records)
        yield from filter_of(book, name, len(records) if comparable else len(rows))
        if not comparable:
            continue
        if len(rows) != len(records):
            yield "%s: %d rows, not %d" % (name, len(rows), len(records))
        words = collections.defaultdict(dict)
        for row, record in zip(rows, records):
            for i, (_, field, _) in enumerate(columns[name]):
                value = member(record, field)
                if field in record.keys() or "." in field:
                    if not same(at(row, i), value, lang, words[field]):
                        yield "%s: %s is %r, not %r" % (name, field, at(row, i), value)
        for field, texts in words.items():
            if len(set(texts.values())) != len(texts):
                yield "%s: two words of %s read the same" % (name, field)


def notes_name(book, output, lang, sources):
    flat = {value for row in book.sheets[NOTES[lang]] for value in row if isinstance(value, str)}
    wanted = [output["dataset"]["sha256"], output["policy_sha256"], output["dataset"]["id"], "liantu " + output["liantu"]]
    for text in wanted + sources:
        if text not in flat:
            yield "the notes lack %s" % text
    if not any(text.startswith("liantu %s" % output["command"]) for text in flat):
        yield "the notes lack the command"


def check_commands(c, folder):
    data = ["--data", "bad/base"]
    with open(os.path.join(TESTS, "bad", "base", "dataset.json"), encoding="utf-8") as file:
        sources = [source["title"] for source in json.load(file)["sources"]]
    for command in COMMANDS:
        output = c.run(data + command + ["--format", "json"])
        for lang in ("zh", "en"):
            path = os.path.join(folder, "t.xlsx")
            made = c.run(data + ["--lang", lang] + command + ["-o", path])
            title = "%s in %s" % (" ".join(command), lang)
            if made.returncode or output.returncode:
                c.ok(title, [(made.stderr + output.stderr).decode()])
                continue
            with open(path, "rb") as file:
                content = file.read()
            book, told = Book(content), json.loads(output.stdout)
            problems = list(look_of(book, lang)) + list(values_of(book, told, lang)) + list(notes_name(book, told, lang, sources))
            piped = c.run(data + ["--lang", lang] + command + ["--format", "xlsx"], TZ="America/New_York")
            if piped.stdout != content:
                problems.append("a second run, piped and in another time zone, has other bytes")
            c.ok(title, problems)


def check_hostile(c, folder):
    """Texts that a spreadsheet could take for something else come back as they are."""
    overlay = os.path.join(folder, "overlay.json")
    links = [{"id": "hostile-%02d" % i, "name": name, "chain": "battery"} for i, name in enumerate(HOSTILE)]
    with open(overlay, "w", encoding="utf-8") as file:
        json.dump({"put": {"links": links}}, file)
    for lang in ("zh", "en"):
        arguments = ["--data", "bad/base", "--overlay", overlay, "--lang", lang, "gaps", "--format"]
        made, problems = c.run(arguments + ["xlsx"]), []
        book = Book(made.stdout)
        first, long_texts = book.sheets[book.names[0]], book.sheets[LONG_TEXTS[lang]]
        column = [title in ("名称", "name") for title in first[0]].index(True)
        found = {row[3]: (number, at(row, column)) for number, row in enumerate(first) if len(row) > 3}
        parts = collections.defaultdict(str)
        for row in long_texts[1:]:
            parts[row[0], row[1]] += row[3]
        for link in links:
            number, text = found[link["id"]]
            if units(link["name"]) > 32767:
                whole = parts[book.names[0], "%s%d" % (chr(65 + column), number + 1)]
                if whole != link["name"] or LONG_TEXTS[lang] not in text or len(text) > 400:
                    problems.append("%s… is not there whole" % link["name"][:20])
            elif text != link["name"]:
                problems.append("%r, not %r" % (text, link["name"]))
        problems += ["a cell of %d characters" % units(value) for sheet in book.sheets.values() for row in sheet for value in row
                     if isinstance(value, str) and units(value) > 32767]
        c.ok("hostile texts stay text in %s" % lang, problems + list(look_of(book, lang)))


def check_refusals(c, folder):
    """Nothing is left behind where writing fails, and nothing damaged is ever called done."""
    import resource
    import signal
    arguments, problems = ["--data", "bad/base", "gaps", "--format", "xlsx"], []
    whole = c.run(arguments).stdout
    for limit in list(range(0, len(whole) * 3, 1111)):
        def limited():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        done = subprocess.run([c.liantu] + arguments, cwd=TESTS, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limited,
                              restore_signals=False, timeout=120, env=dict(os.environ, TMPDIR=folder))
        good = done.returncode == 0 and done.stdout == whole
        if not good and (done.returncode != 4 or done.stdout or folder.encode() not in done.stderr):
            problems.append("files of at most %d bytes: exit %d, %d bytes, %s" % (limit, done.returncode, len(done.stdout), done.stderr))
    if os.listdir(folder):
        problems.append("left behind: %s" % os.listdir(folder))
    c.ok("a temporary file that cannot be written is told", problems)
    made = Book(whole).parts["docProps/core.xml"]
    dates = {element.text for element in made.iter() if element.tag.endswith(("created", "modified"))}
    stamps = {info.date_time for info in Book(whole).zip.infolist()}
    c.ok("the bytes tell no time", [] if dates == {"1980-01-01T00:00:00Z"} and stamps == {(1980, 1, 1, 0, 0, 0)} else
         ["%s %s" % (dates, stamps)])


def main():
    c = Checker(os.path.abspath(sys.argv[1]))
    for check in (check_commands, check_hostile, check_refusals):
        with tempfile.TemporaryDirectory() as folder:
            check(c, folder)
    print("1..%d" % c.count)
    return 1 if c.failed else 0


if __name__ == "__main__":
    sys.exit(main())
