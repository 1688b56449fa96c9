"""Lay records out as files, and know on which line each record and field stands."""

import copy
import json

from base_records import DATASET, LAYOUTS, RECORDS


def json_of(value):
    return json.dumps(value, ensure_ascii=False)


# Text of a file, and the lines on which its records and fields stand

class Text:
    """Lines of one file; `line_of[(record index, field or None)]`, None for the record itself."""

    def __init__(self):
        self.lines, self.line_of = [], {}

    def add(self, line):
        self.lines.append(line)
        return len(self.lines)

    def add_one_line(self, index, record, end):
        number = self.add(json_of(record) + end)
        for field in [None, *record]:
            self.line_of[index, field] = number

    def add_pretty(self, index, record, indent, end):
        """A field a line; what is inside a list or an object stays on its field's line."""
        self.line_of[index, None] = self.add(indent + "{")
        last = len(record) - 1
        for place, (field, value) in enumerate(record.items()):
            line = "%s  %s: %s%s" % (indent, json_of(field), json_of(value), "," if place < last else "")
            self.line_of[index, field] = self.add(line)
        self.add(indent + "}" + end)

    def encoded(self):
        return ("\n".join(self.lines) + "\n").encode("utf-8")


def lay_out(records, style):
    text = Text()
    if style != "ndjson":
        text.add("[")
    for index, record in enumerate(records):
        end = "," if index < len(records) - 1 else ""
        if not isinstance(record, dict):
            text.line_of[index, None] = text.add(json_of(record) + ("" if style == "ndjson" else end))
        elif style == "pretty":
            text.add_pretty(index, record, "  ", end)
        else:
            text.add_one_line(index, record, "" if style == "ndjson" else end)
    if style != "ndjson":
        text.add("]")
    return text


def lay_out_dataset(dataset, style):
    text = Text()
    if style == "pretty":
        text.add_pretty(0, dataset, "", "")
    else:
        text.add_one_line(0, dataset, "")
    return text


def file_name(kind, style):
    return kind + (".ndjson" if style == "ndjson" else ".json")


# A dataset on its way to disk

class Copy:
    """A copy of the base: records to change, then files to change."""

    def __init__(self, kind, style):
        self.dataset, self.records = copy.deepcopy(DATASET), copy.deepcopy(RECORDS)
        self.styles = dict(LAYOUTS)
        if style:
            self.styles[kind] = style
        self.files, self.texts = {}, {}

    def find(self, kind, key):
        """Index of a record by its id, or by FROM>TO."""
        if kind == "dataset":
            return 0
        for index, record in enumerate(self.records[kind]):
            if key in (record.get("id"), "%s>%s" % (record.get("from"), record.get("to"))):
                return index
        raise KeyError(key)

    def record(self, kind, key):
        return self.dataset if kind == "dataset" else self.records[kind][self.find(kind, key)]

    def lay_out(self):
        self.texts["dataset"] = lay_out_dataset(self.dataset, self.styles["dataset"])
        self.files["dataset.json"] = self.texts["dataset"].encoded()
        for kind, records in self.records.items():
            style = self.styles[kind]
            if style == "folder":
                half = len(records) // 2
                self.files["%s/a.json" % kind] = lay_out(records[:half], "lines").encoded()
                self.files["%s/b.ndjson" % kind] = lay_out(records[half:], "ndjson").encoded()
            else:
                self.texts[kind] = lay_out(records, style)
                self.files[file_name(kind, style)] = self.texts[kind].encoded()

    def file_of(self, kind):
        return "dataset.json" if kind == "dataset" else file_name(kind, self.styles[kind])

    def expect(self, kind, index, field):
        """`field` may be a path, such as segments[0].id: all of it stands on the line of segments."""
        line_of = self.texts[kind].line_of
        line = line_of.get((index, field.split("[")[0]), line_of[index, None])
        return "%s:%d: %s/%s:" % (self.file_of(kind), line, kind, field)
