#!/usr/bin/env python3
"""Write the bad datasets: each the base with exactly one defect.

    make_bad.py

Run after a change here and commit what it writes. A case's folder holds only the files in
which it differs from base/, and `case.json`: `without` lists the files of base/ that it has
not, `place` is where the defect is (`FILE:LINE: KIND/FIELD:`), `zh` and `en` the messages,
captured by run_bad.py --capture and kept here when the place is still the same.
"""

import json
import os
import shutil
import zlib

import bad_cases
from layout import Copy

HERE = os.path.dirname(os.path.abspath(__file__))
STYLES = ("lines", "pretty", "ndjson", "pretty")


# Writing a case

BASE = {}       # path: content


def remove_data(folder):
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if os.path.isdir(path):
            shutil.rmtree(path)
        elif name != "case.json":
            os.remove(path)


def kept_messages(path, place):
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        case = json.load(file)
    if case["place"] != place:
        return {}
    return {lang: case[lang] for lang in ("zh", "en") if lang in case}


def write_case(name, dataset, place=None):
    folder = os.path.join(HERE, name)
    os.makedirs(folder, exist_ok=True)
    remove_data(folder)
    files = {path: content for path, content in dataset.files.items() if BASE.get(path) != content}
    for path, content in files.items():
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
    if place is None:
        BASE.update(files)
        return
    path = os.path.join(folder, "case.json")
    case = {"place": place, "without": sorted(set(BASE) - set(dataset.files)), **kept_messages(path, place)}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(case, file, ensure_ascii=False, indent=1)
        file.write("\n")


class Cases:
    """Every method writes one case; a case's layout follows from its name unless given."""

    def __init__(self):
        self.names = []

    def start(self, name, kind, style):
        assert name not in self.names, name
        self.names.append(name)
        if style is None:
            style = STYLES[zlib.crc32(name.encode("utf-8")) % len(STYLES)]
        if kind == "dataset" and style == "ndjson":
            style = "lines"
        return Copy(kind, style)

    def finish(self, name, dataset, kind, index, field):
        dataset.lay_out()
        write_case(name, dataset, dataset.expect(kind, index, field))

    def change(self, name, kind, changes, field, style=None):
        """Fields of present records: {key: {field: value}}; the defect is at the first key."""
        dataset = self.start(name, kind, style)
        index = dataset.find(kind, next(iter(changes)))
        # Found before changed: an edge's ends are its key.
        records = [(dataset.record(kind, key), values) for key, values in changes.items()]
        for record, values in records:
            record.update(values)
        self.finish(name, dataset, kind, index, field)

    def put(self, name, kind, key, field, value, style=None):
        self.change(name, kind, {key: {field: value}}, field, style=style)

    def drop(self, name, kind, key, field, style=None):
        dataset = self.start(name, kind, style)
        index = dataset.find(kind, key)
        del dataset.record(kind, key)[field]
        self.finish(name, dataset, kind, index, field)

    def add(self, name, kind, record, field, style=None):
        """One more record, at the end, with the defect in it."""
        self.extend(name, kind, [record], field, style=style)

    def extend(self, name, kind, records, field, style=None):
        """More records at the end; the defect is in the last."""
        dataset = self.start(name, kind, style)
        dataset.records[kind] += records
        self.finish(name, dataset, kind, len(dataset.records[kind]) - 1, field)

    def text(self, name, kind, old, new, style, line_of=None):
        """The only `old` in the kind's file becomes `new` (bytes, or text); the defect is where `new` starts."""
        dataset = self.start(name, kind, style)
        dataset.lay_out()
        path = dataset.file_of(kind)
        content = dataset.files[path]
        old, new = (part.encode("utf-8") if isinstance(part, str) else part for part in (old, new))
        assert content.count(old) == 1, (name, content.count(old))
        dataset.files[path] = content.replace(old, new)
        line = content.count(b"\n", 0, content.index(line_of.encode("utf-8") if line_of else old)) + 1
        write_case(name, dataset, "%s:%d: %s/record:" % (path, line, kind))

    def file(self, name, path, content, expect, leave_out=()):
        """A whole file written, and others left out."""
        dataset = self.start(name, None, "")
        dataset.lay_out()
        for other in leave_out:
            del dataset.files[other]
        if path:
            dataset.files[path] = content.encode("utf-8") if isinstance(content, str) else content
        write_case(name, dataset, expect)

    def abstract_cycle(self, name, smallest, edges, flag=None):
        """Edges more, or a link more that is abstract; the defect is at the smallest id of the cycle."""
        dataset = self.start(name, "links", "lines")
        dataset.records["supply"] += edges
        if flag:
            dataset.record("links", flag)["abstract"] = True
        self.finish(name, dataset, "links", dataset.find("links", smallest), "abstract")


def remove_stale(names):
    for name in os.listdir(HERE):
        path = os.path.join(HERE, name)
        if os.path.isdir(path) and name not in names and not name.startswith(("_", ".")):
            shutil.rmtree(path)


def write_base():
    dataset = Copy(None, None)
    dataset.lay_out()
    write_case("base", dataset)


def main():
    write_base()
    cases = Cases()
    for group in bad_cases.GROUPS:
        group(cases)
    remove_stale(["base", *cases.names])
    print("%d cases" % len(cases.names))


if __name__ == "__main__":
    main()
