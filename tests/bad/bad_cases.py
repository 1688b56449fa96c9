"""Every defect of the contract (section 1), in each variant that people make.

Records that others refer to keep their ids, and files that break are those nothing refers
to, so that one defect stays one.
"""

import json

from base_records import DATASET, RECORDS
from layout import json_of, lay_out, lay_out_dataset

LONG_ASCII = "x" * 129
LONG_CHINESE = "链" * 43          # 129 bytes

SPARE = {
    "chains": {"id": "spare", "name": "备用"},
    "links": {"id": "spare", "name": "备用", "chain": "battery"},
    "firms": {"id": "spare", "name": "备用", "region": "xinxiang"},
    "institutions": {"id": "spare", "name": "备用", "region": "xinxiang"},
    "zones": {"id": "spare", "name": "备用"},
    "regions": {"id": "spare", "name": "备用"},
    "agencies": {"id": "spare", "name": "备用"},
    "projects": {"id": "spare", "name": "备用", "zone": "gaoxin"},
    "channels": {"id": "spare", "name": "备用"},
    "kpis": {"id": "spare", "name": "备用", "metric": "产值", "value": 1, "unit": "亿元", "year": 2025,
             "scope": "battery"},
}
EDGES = {"supply": "lithium>cathode", "capability": "huaxin>separator", "trade": "huaxin>kelong",
         "focus": "gaoxin>cell", "prospect": "ion-institute>battery", "origin": "guangdong>robot",
         "lead": "kelong>battery"}
STACKS = {"id": "stacks", "name": "电堆", "stage": "midstream"}


def spare(kind, **fields):
    return {**SPARE[kind], **fields}


def without(record, field):
    return {name: value for name, value in record.items() if name != field}


# Files that cannot be read

def broken_json(cases):
    name = '"name": "电池产值"'
    for style in ("lines", "ndjson", "pretty"):
        cases.text("json-missing-colon-" + style, "kpis", name, '"name" "电池产值"', style)
        cases.text("json-unquoted-key-" + style, "kpis", name, 'name: "电池产值"', style)
    cases.text("json-single-quotes", "kpis", name, "'name': '电池产值'", "lines")
    cases.text("json-full-width-quotes", "kpis", name, "“name”: “电池产值”", "ndjson")
    cases.text("json-comment", "kpis", name, "/* name */ " + name, "ndjson")
    cases.text("json-comma-after-last-field", "trade", '"to": "byd"}', '"to": "byd",}', "lines")
    cases.text("json-comma-after-last-record", "kpis", '"gaoxin"}', '"gaoxin"},]', "lines")
    cases.text("json-comma-after-ndjson-record", "trade", '"separator"}', '"separator"},', "ndjson")
    cases.text("json-two-records-on-an-ndjson-line", "trade", '"separator"}\n', '"separator"} ', "ndjson")
    cases.text("json-unknown-word", "kpis", '"value": 500', '"value": fivehundred', "pretty")
    cases.text("json-python-word", "trade", '"amount": 1.5', '"amount": None', "pretty")
    cases.text("json-not-a-number", "trade", '"amount": 1.5', '"amount": NaN', "ndjson")
    cases.text("json-infinity", "trade", '"amount": 1.5', '"amount": Infinity', "pretty")
    cases.text("json-leading-zero", "trade", '"amount": 1.5', '"amount": 01.5', "lines")
    cases.text("json-bare-point", "trade", '"amount": 1.5', '"amount": .5', "ndjson")
    cases.text("json-plus-sign", "trade", '"amount": 1.5', '"amount": +1.5', "lines")
    cases.text("json-raw-tab-in-text", "kpis", '"电池产值"', '"电池\t产值"', "lines")
    cases.text("json-bad-escape", "kpis", '"电池产值"', r'"电池\x产值"', "ndjson")
    cases.text("json-lone-surrogate", "kpis", '"电池产值"', r'"电池\ud83d产值"', "pretty")
    cases.text("json-zero-byte", "kpis", '"电池产值"', b'"\xe7\x94\xb5\x00"', "lines")
    cases.text("json-bom-inside", "trade", '{"from": "kelong"', '\ufeff{"from": "kelong"', "ndjson")
    cases.text("json-dataset", "dataset", '"as_of": "2022-12-07"', '"as_of" "2022-12-07"', "pretty")


def truncated(cases):
    end = '", "metric": "产值", "value": 90, "unit": "亿元", "year": 2025, "scope": "gaoxin"}\n]\n'
    cases.text("truncated-in-text", "kpis", "高新区产值" + end, "高新", "lines")
    cases.text("truncated-in-number", "kpis", '90, "unit": "亿元", "year": 2025, "scope": "gaoxin"}\n]\n', "9", "lines")
    cases.text("truncated-in-record", "trade", ', "to": "byd"}\n', "", "ndjson")
    cases.text("truncated-in-character", "trade", '"to": "byd"}\n', b'"to": "\xe7\x94', "ndjson")
    cases.text("truncated-after-record", "kpis", '"gaoxin"}\n]\n', '"gaoxin"}', "lines")
    cases.text("truncated-in-pretty-record", "kpis", '"scope": "gaoxin"\n  }\n]\n', '"scope": "gao', "pretty")
    cases.file("truncated-dataset", "dataset.json", json_of(DATASET)[:100], "dataset.json:1: dataset/record:")
    cases.file("empty-file", "kpis.json", "", "kpis.json:1: kpis/record:")
    cases.file("empty-dataset", "dataset.json", "", "dataset.json:1: dataset/record:")


def trailing_garbage(cases):
    cases.text("garbage-after-array", "kpis", "]\n", "] x\n", "lines")
    cases.text("garbage-second-array", "kpis", "]\n", "] []\n", "pretty")
    cases.text("garbage-bracket", "kpis", "]\n", "]]\n", "lines")
    cases.text("garbage-after-ndjson-record", "trade", '"to": "byd"}', '"to": "byd"} x', "ndjson")
    cases.file("garbage-after-dataset", "dataset.json", json_of(DATASET) + " }\n", "dataset.json:1: dataset/record:")


def duplicate_keys(cases):
    for style in ("lines", "ndjson", "pretty"):
        year = '"year": 2025' + (",\n    " if style == "pretty" else ", ")
        cases.text("duplicate-key-" + style, "kpis", year + '"scope": "gaoxin"',
                   year + '"scope": "gaoxin", "year": 2025', style, line_of='"scope": "gaoxin"')
    cases.text("duplicate-key-inside", "kpis", '"actual": 210', '"actual": 210, "x": {"a": 1, "a": 2}', "pretty")
    cases.text("duplicate-key-dataset", "dataset", '"as_of": "2022-12-07"',
               '"as_of": "2022-12-07", "as_of": "2022-12-08"', "pretty")


def bad_utf8(cases):
    for name, data, style in (
            ("lone-continuation", b"\x80", "pretty"), ("overlong", b"\xc0\xaf", "lines"),
            ("surrogate", b"\xed\xa0\x80", "ndjson"), ("past-end-of-unicode", b"\xf4\x90\x80\x80", "pretty"),
            ("byte-ff", b"\xff", "lines"), ("cut-character", b"\xe4\xb8", "ndjson"),
            ("gb18030-lines", "电池".encode("gb18030"), "lines"), ("gb18030-ndjson", "电池".encode("gb18030"), "ndjson"),
            ("gb18030-pretty", "电池".encode("gb18030"), "pretty")):
        cases.text("utf8-" + name, "kpis", '"电池产值"', b'"' + data + b'"', style)
    cases.text("utf8-in-unknown-field", "kpis", '"actual": 210', b'"actual": 210, "x": "\xfe"', "lines")
    cases.text("utf8-in-key", "kpis", '"actual": 210', b'"actual": 210, "\xfe": 1', "ndjson")
    cases.text("utf8-dataset", "dataset", "小城产业链", "小城".encode("gb18030"), "pretty")
    cases.file("utf8-is-utf16", "kpis.json", b"\xff\xfe" + json_of(RECORDS["kpis"]).encode("utf-16-le"),
               "kpis.json:1: kpis/record:")


# Files and records of the wrong shape

def shapes(cases):
    cases.file("top-is-object", "kpis.json", json_of(RECORDS["kpis"][0]) + "\n", "kpis.json:1: kpis/record:")
    cases.file("top-is-object-of-kind", "kpis.json", json.dumps({"kpis": RECORDS["kpis"]}, indent=2) + "\n",
               "kpis.json:1: kpis/record:")
    cases.file("top-is-number", "kpis.json", "5\n", "kpis.json:1: kpis/record:")
    cases.file("top-is-null", "kpis.json", "null\n", "kpis.json:1: kpis/record:")
    cases.file("top-is-array-in-ndjson", "trade.ndjson", json_of(RECORDS["trade"]) + "\n",
               "trade.ndjson:1: trade/record:")
    cases.file("top-is-array-in-dataset", "dataset.json", "[" + json_of(DATASET) + "]\n",
               "dataset.json:1: dataset/record:")
    for name, value in (("number", 7), ("text", "spare"), ("null", None), ("array", [SPARE["kpis"]]), ("bool", True)):
        cases.add("record-is-%s-lines" % name, "kpis", value, "record", "lines")
    cases.add("record-is-text-ndjson", "kpis", "spare", "record", "ndjson")
    cases.add("record-is-array-ndjson", "kpis", [], "record", "ndjson")


def files(cases):
    cases.file("no-dataset", None, None, "dataset.json:1: dataset/record:", leave_out=("dataset.json",))
    # The file named is the first form there, in the order of the contract.
    record = json_of(SPARE["kpis"]) + "\n"
    cases.file("two-forms-json-ndjson", "kpis.ndjson", record, "kpis.json:1: kpis/record:")
    cases.file("two-forms-json-folder", "kpis/a.ndjson", record, "kpis.json:1: kpis/record:")
    cases.file("two-forms-ndjson-folder", "trade/a.json", "[]\n", "trade.ndjson:1: trade/record:")
    cases.file("folder-broken-file", "capability/c.ndjson", '{"from": "kelong", "to": "lithium"}\n{"from": "kelong"\n',
               "capability/c.ndjson:2: capability/record:")
    cases.file("folder-bad-field", "capability/c.json",
               lay_out([{"from": "kelong", "to": "lithium", "level": 2}], "pretty").encoded(),
               "capability/c.json:5: capability/level:")
    again = json_of(RECORDS["capability"][0]) + "\n"
    cases.file("folder-duplicate-edge", "capability/c.ndjson", again, "capability/c.ndjson:1: capability/from:")
    crlf = "\r\n".join(json_of(record) for record in [*RECORDS["trade"], {"from": "byd", "to": "kelong", "amount": 0}])
    cases.file("crlf-bad-field", "trade.ndjson", crlf, "trade.ndjson:3: trade/amount:")
    crlf = lay_out_dataset({**DATASET, "home": "nowhere"}, "pretty").encoded().replace(b"\n", b"\r\n")
    cases.file("crlf-bom-bad-dataset", "dataset.json", b"\xef\xbb\xbf" + crlf, "dataset.json:5: dataset/home:")


# Fields

WRONG_TYPES = (
    ("links", "bms", "name", (5, None, ["名"])),
    ("links", "bms", "note", (5,)),
    ("links", "bms", "chain", (["battery"],)),
    ("links", "cathode", "segment", (1,)),
    ("links", "bms", "demand", ("2", None, True)),
    ("links", "bms", "importance", ("high", [1])),
    ("links", "bms", "choke", ("true", 1)),
    ("links", "bms", "priority", ("yes",)),
    ("links", "bms", "final", (0,)),
    ("links", "bms", "abstract", ("false",)),
    ("links", "bms", "survey", (1,)),
    ("links", "bms", "also", ("robots", [5], {"robots": True})),
    ("links", "bms", "aliases", ("别名", [1])),
    ("links", "bms", "basis", (1,)),
    ("links", "bms", "source", (5, [5], {"id": "plan"})),
    ("links", "bms", "codes", (["3841"], {"gbt4754-2017": "3841"}, {"gbt4754-2017": [3841]})),
    ("chains", "hydrogen", "segments", ({"id": "s"}, "stacks", ["stacks"])),
    ("chains", "hydrogen", "tier", (1,)),
    ("chains", "hydrogen", "goal", ("500亿元", 500)),
    ("chains", "hydrogen", "baseline", ([],)),
    ("firms", "huaxin", "tags", ("上市", [1])),
    ("firms", "huaxin", "uscc", (911101066976941872,)),
    ("firms", "huaxin", "region", (["yanjin"],)),
    ("projects", "servo-plant", "invest", ("12亿",)),
    ("channels", "green-fund", "chains", ("battery", [1])),
    ("kpis", "zone-output", "value", ("90",)),
    ("kpis", "zone-output", "year", ("2025", 2025.5)),
    ("kpis", "zone-output", "actual", ("无",)),
    ("supply", "lithium>cathode", "from", (5,)),
    ("supply", "lithium>cathode", "to", (["cathode"],)),
    ("supply", "lithium>cathode", "need", (True,)),
    ("supply", "lithium>cathode", "group", (1,)),
    ("supply", "lithium>cathode", "share", ("40%",)),
    ("supply", "separator>cell", "k", ("2", 1.5)),
    ("capability", "huaxin>separator", "level", ("0.5", None)),
    ("capability", "huaxin>separator", "role", (["produce"],)),
    ("trade", "huaxin>kelong", "amount", ("1.5",)),
    ("trade", "huaxin>kelong", "link", (5,)),
    ("dataset", None, "title", (5,)),
    ("dataset", None, "home", (["xinxiang"],)),
    ("dataset", None, "format", (1,)),
)
TYPE_NAMES = {bool: "bool", int: "number", float: "fraction", str: "text", list: "list", dict: "object",
              type(None): "null"}


def type_name(value):
    name = TYPE_NAMES[type(value)]
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return "%s-of-%s" % (name, TYPE_NAMES[type(inner[0])]) if inner else name


def wrong_types(cases):
    for kind, key, field, values in WRONG_TYPES:
        for value in values:
            cases.put("type-%s-%s-%s" % (kind, field, type_name(value)), kind, key, field, value)
    cases.add("type-links-id-number", "links", spare("links", id=5), "id")
    cases.put("type-dataset-sources-of-text", "dataset", None, "sources", DATASET["sources"] + ["x"])


def segments(cases, name, values, path):
    cases.change(name, "chains", {"hydrogen": {"segments": values}}, path)


def missing_and_empty(cases):
    for kind, record in SPARE.items():
        cases.add("missing-%s-id" % kind, kind, without(record, "id"), "id")
        cases.add("missing-%s-name" % kind, kind, without(record, "name"), "name")
    for kind in ("links", "firms", "regions"):
        cases.add("empty-%s-id" % kind, kind, spare(kind, id=""), "id")
        cases.add("empty-%s-name" % kind, kind, spare(kind, name=""), "name")
    for kind, key in EDGES.items():
        cases.drop("missing-%s-from" % kind, kind, key, "from")
        cases.drop("missing-%s-to" % kind, kind, key, "to")
    cases.put("empty-supply-from", "supply", "lithium>cathode", "from", "")
    cases.put("empty-lead-to", "lead", "kelong>battery", "to", "")
    cases.put("empty-links-chain", "links", "bms", "chain", "")
    for field in ("format", "id", "home"):
        cases.drop("missing-dataset-" + field, "dataset", None, field)
        cases.put("empty-dataset-" + field, "dataset", None, field, "")
    for field in ("id", "name"):
        segments(cases, "missing-segment-" + field, [without(STACKS, field)], "segments[0]." + field)
        segments(cases, "empty-segment-" + field, [{**STACKS, field: ""}], "segments[0]." + field)


def ids(cases):
    for name, id in (
            ("space", "a b"), ("leading-space", " ab"), ("trailing-space", "ab "), ("tab", "a\tb"),
            ("newline", "a\nb"), ("bell", "a\ab"), ("delete", "a\x7fb"), ("next-line", "a\u0085b"),
            ("no-break-space", "a\u00a0b"), ("ideographic-space", "链\u3000一"), ("line-separator", "a\u2028b"),
            ("129-bytes", LONG_ASCII), ("129-bytes-chinese", LONG_CHINESE)):
        cases.add("id-" + name, "links", spare("links", id=id), "id")
    cases.add("id-space-in-firm", "firms", spare("firms", id="新 科"), "id")


def ranges(cases):
    for kind, key, field, values in (
            ("links", "bms", "demand", (-1, -0.001)),
            ("links", "bms", "importance", (-0.1, 1.1)),
            ("supply", "lithium>cathode", "share", (-0.1, 1.1, 40)),
            ("capability", "huaxin>separator", "level", (0, -0.5, 1.001, 80)),
            ("trade", "huaxin>kelong", "amount", (0, -5))):
        for value in values:
            cases.put("range-%s-%s-%s" % (kind, field, signed(value)), kind, key, field, value)
    for k in (0, -1):
        cases.add("range-supply-k-" + signed(k), "supply", {"from": "servo", "to": "cell", "group": "单", "k": k}, "k")


def signed(value):
    return str(value).replace("-", "minus-")


def enums(cases):
    for kind, key, field, value in (
            ("chains", "hydrogen", "tier", "new"), ("links", "bms", "survey", "full"),
            ("links", "bms", "basis", "guessed"), ("firms", "huaxin", "basis", "Stated"),
            ("firms", "huaxin", "grade", "Leader"), ("institutions", "ion-institute", "type", "school"),
            ("zones", "battery-park", "type", "园区"), ("zones", "battery-park", "level", "city"),
            ("projects", "servo-plant", "stage", "operational"), ("channels", "green-fund", "type", "bank"),
            ("supply", "lithium>cathode", "need", "must"), ("supply", "lithium>cathode", "basis", "known"),
            ("capability", "huaxin>separator", "role", "customer"), ("capability", "huaxin>separator", "basis", "none"),
            ("prospect", "ion-institute>battery", "role", "service"), ("lead", "kelong>battery", "role", "produce")):
        cases.put("enum-%s-%s" % (kind, field), kind, key, field, value)
    cases.put("enum-empty", "links", "bms", "survey", "")
    segments(cases, "enum-segment-stage", [{**STACKS, "stage": "middle"}], "segments[0].stage")
    cases.put("format-later", "dataset", None, "format", "liantu/2")
    cases.put("format-other", "dataset", None, "format", "csv")


# Records against each other

def duplicates(cases):
    for kind in SPARE:
        cases.extend("duplicate-id-" + kind, kind, [spare(kind), spare(kind, name="又一个")], "id")
    # Pairs whose order is the same by the contract's table and by name.
    for kind, taken in (("links", "battery"), ("projects", "kelong"), ("zones", "lithium"), ("kpis", "canton-fair")):
        cases.add("duplicate-id-across-" + kind, kind, spare(kind, id=taken), "id")
    segments(cases, "duplicate-segment", [STACKS, {**STACKS, "name": "堆"}], "segments[1].id")
    sources = DATASET["sources"] + DATASET["sources"][:1]
    cases.change("duplicate-source", "dataset", {None: {"sources": sources}}, "sources[2].id")
    for kind, key in EDGES.items():
        edge = next(edge for edge in RECORDS[kind] if "%(from)s>%(to)s" % edge == key)
        cases.add("duplicate-" + kind, kind, dict(edge), "from")
    cases.add("duplicate-supply-other-fields", "supply", {"from": "separator", "to": "cell", "need": "optional"}, "from")
    cases.add("duplicate-trade-other-link", "trade", {"from": "huaxin", "to": "kelong", "link": "cathode"}, "from")
    cases.add("duplicate-capability-other-level", "capability",
              {"from": "huaxin", "to": "separator", "level": 0.125, "role": "service"}, "from")
    cases.add("duplicate-capability-default-role", "capability",
              {"from": "servo-plant", "to": "servo", "role": "produce"}, "from")
    cases.add("duplicate-capability-default-role-institution", "capability",
              {"from": "normal-university", "to": "lithium", "role": "research"}, "from")


# (kind, key of a record, field, an id of the wrong kind, whether the field is a list)
REFERENCES = (
    ("dataset", None, "home", "gaoxin", False),
    ("links", "bms", "chain", "kelong", False),
    ("links", "bms", "also", "cell", True),
    ("firms", "huaxin", "region", "gaoxin", False),
    ("firms", "huaxin", "zone", "yanjin", False),
    ("institutions", "ion-institute", "region", "gaoxin", False),
    ("institutions", "ion-institute", "zone", "xinxiang", False),
    ("zones", "battery-park", "parent", "kelong", False),
    ("regions", "yanjin", "parent", "gaoxin", False),
    ("projects", "cell-plant", "firm", "ion-institute", False),
    ("projects", "cell-plant", "zone", "xinxiang", False),
    ("channels", "canton-fair", "region", "gaoxin", False),
    ("channels", "canton-fair", "chains", "cell", True),
    ("kpis", "zone-output", "scope", "cell", False),
    ("supply", "lithium>cathode", "from", "kelong", False),
    ("supply", "lithium>cathode", "to", "robots", False),
    ("capability", "huaxin>separator", "from", "gaoxin", False),
    ("capability", "huaxin>separator", "to", "battery", False),
    ("trade", "huaxin>kelong", "from", "ion-institute", False),
    ("trade", "huaxin>kelong", "to", "cell", False),
    ("trade", "huaxin>kelong", "link", "battery", False),
    ("focus", "gaoxin>cell", "from", "xinxiang", False),
    ("focus", "gaoxin>cell", "to", "kelong", False),
    ("prospect", "ion-institute>battery", "from", "development-office", False),
    ("prospect", "ion-institute>battery", "to", "gaoxin", False),
    ("origin", "guangdong>robot", "from", "gaoxin", False),
    ("origin", "guangdong>robot", "to", "byd", False),
    ("lead", "kelong>battery", "from", "ion-institute", False),
    ("lead", "kelong>battery", "to", "cell", False),
)


def references(cases):
    for kind, key, field, wrong, is_list in REFERENCES:
        for name, value in (("dangling", "nowhere"), ("wrong-kind", wrong)):
            # In a list the first one is right.
            value = ["robots", value] if is_list else value
            cases.put("%s-%s-%s" % (name, kind, field), kind, key, field, value)
    cases.put("wrong-kind-kpis-scope-not-home", "kpis", "zone-output", "scope", "henan")


def chains_and_segments(cases):
    cases.put("segment-unknown", "links", "cathode", "segment", "nowhere")
    cases.put("segment-of-other-chain", "links", "cathode", "segment", "drives")
    cases.put("segment-of-also-chain", "links", "cell", "segment", "bodies")
    cases.put("segment-is-a-chain", "links", "bms", "segment", "battery")
    cases.put("also-own-chain", "links", "cell", "also", ["robots", "battery"])


def groups(cases):
    cases.add("self-supply", "supply", {"from": "cell", "to": "cell"}, "to")
    cases.add("self-supply-optional", "supply", {"from": "bms", "to": "bms", "need": "optional"}, "to")
    cases.add("self-supply-abstract", "supply", {"from": "junction-b", "to": "junction-b"}, "to")
    members = ("separator>cell", "electrolyte>cell", "bms>cell")
    for style in ("lines", "pretty"):
        # At the first edge of the group; one that differs, at the edge that differs from it.
        cases.change("k-larger-than-group-" + style, "supply", {key: {"k": 4} for key in members}, "k", style)
        cases.put("k-differs-" + style, "supply", "bms>cell", "k", 1, style)
    cases.drop("k-differs-by-default", "supply", "bms>cell", "k")
    cases.add("k-larger-than-group-of-one", "supply", {"from": "servo", "to": "cell", "group": "单", "k": 2}, "k")
    cases.put("k-without-group", "supply", "lithium>cathode", "k", 2)
    # An optional edge is in no group, so two are left for k = 3.
    changes = {"separator>cell": {"k": 3}, "electrolyte>cell": {"k": 3}, "bms>cell": {"k": 1, "need": "optional"}}
    cases.change("k-larger-than-required-edges", "supply", changes, "k")


def cycles(cases):
    cases.put("region-cycle-1", "regions", "yanjin", "parent", "yanjin")
    cases.put("region-cycle-2", "regions", "cn", "parent", "henan")
    cases.put("region-cycle-3", "regions", "cn", "parent", "xinxiang")
    cases.abstract_cycle("abstract-cycle-2", "junction-a", [{"from": "junction-b", "to": "junction-a"}])
    cases.abstract_cycle("abstract-cycle-3", "junction-a", [{"from": "junction-c", "to": "junction-a"}])
    cases.abstract_cycle("abstract-cycle-not-of-the-first", "junction-b", [{"from": "junction-c", "to": "junction-b"}])
    cases.abstract_cycle("abstract-cycle-grouped", "junction-a",
                         [{"from": supplier, "to": "junction-a", "group": "环"} for supplier in ("junction-c", "servo")])
    cases.abstract_cycle("abstract-cycle-by-flag", "cell", [], "cell")


GROUPS = (broken_json, truncated, trailing_garbage, duplicate_keys, bad_utf8, shapes, files, wrong_types,
          missing_and_empty, ids, ranges, enums, duplicates, references, chains_and_segments, groups, cycles)
