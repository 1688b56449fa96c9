"""Read a dataset folder (contract, section 1) into plain dicts, defaults filled in.

The slow, obvious way: everything in memory, no checking beyond assertions.
"""

import json
import os

NODE_KINDS = ("chains", "links", "firms", "institutions", "zones", "regions",
              "agencies", "projects", "channels", "kpis")
EDGE_KINDS = ("supply", "capability", "trade", "focus", "prospect", "origin", "lead")
KINDS = NODE_KINDS + EDGE_KINDS


def read_text(path):
    with open(path, "rb") as file:
        data = file.read()
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    return data.decode("utf-8")


def read_json(path):
    records = json.loads(read_text(path))
    assert isinstance(records, list), path
    return records


def read_ndjson(path):
    # Only LF ends a line: str.splitlines would also split at U+2028 inside a text.
    return [json.loads(line) for line in read_text(path).split("\n") if line.strip()]


def read_file(path):
    return read_ndjson(path) if path.endswith(".ndjson") else read_json(path)


def read_kind(folder, kind):
    path = os.path.join(folder, kind)
    forms = [form for form in (path + ".json", path + ".ndjson", path) if os.path.exists(form)]
    assert len(forms) <= 1, forms
    if not forms:
        return []
    if not os.path.isdir(forms[0]):
        return read_file(forms[0])
    records = []
    for name in sorted(os.listdir(path), key=os.fsencode):
        if name.endswith((".json", ".ndjson")):
            records += read_file(os.path.join(path, name))
    return records


def fill_common(record):
    assert isinstance(record, dict), record
    record.setdefault("basis", "stated")
    source = record.get("source", [])
    record["source"] = [source] if isinstance(source, str) else list(source)


def fill_links(links, supply):
    consumed = {edge["from"] for edge in supply}
    for link in links:
        link.setdefault("also", [])
        link.setdefault("segment", None)
        link.setdefault("demand", 1)
        link.setdefault("importance", 0.5)
        link.setdefault("choke", False)
        link.setdefault("priority", False)
        link.setdefault("final", link["id"] not in consumed)
        link.setdefault("survey", "partial")
        link.setdefault("abstract", False)


def fill_supply(supply):
    for edge in supply:
        edge.setdefault("need", "required")
        edge.setdefault("group", None)
        edge.setdefault("k", 1)


def fill_capability(capability, institutions):
    institution_ids = {institution["id"] for institution in institutions}
    for edge in capability:
        edge.setdefault("level", 1)
        edge.setdefault("role", "research" if edge["from"] in institution_ids else "produce")


def read(folder):
    """{"dataset": {...}, KIND: [records], ...} for every kind."""
    data = {"dataset": json.loads(read_text(os.path.join(folder, "dataset.json")))}
    assert data["dataset"]["format"] == "liantu/1"
    for kind in KINDS:
        data[kind] = read_kind(folder, kind)
    return fill(data)


def fill(data):
    """Fill in the defaults of records already in memory; kinds not named are empty."""
    for kind in KINDS:
        for record in data.setdefault(kind, []):
            fill_common(record)
    for chain in data["chains"]:
        chain.setdefault("segments", [])
    for project in data["projects"]:
        # The contract gives no default stage; the earliest one promises least.
        project.setdefault("stage", "planned")
    fill_links(data["links"], data["supply"])
    fill_supply(data["supply"])
    fill_capability(data["capability"], data["institutions"])
    return data
