#!/usr/bin/env python3
"""Write a dataset of a thousand names that are out for trouble, in several chains.

    hostile_names.py DIR

Every text that a dataset may hold is made of them: names, ids, sources, titles, groups, tags.
"""

import json
import os
import random
import sys
import unicodedata

LINKS = 1000
CHAIN_SIZES = (1, 7, 19, 48, 61, 90, 130, 644)  # cards, split columns, an overview and a page a stage

MARKUP = (
    "<script>alert(1)</script>", "</title><script>window.hostile=1</script>", "</text></svg><script>hostile()</script>",
    "<svg onload=alert(1)>", "<img src=x onerror=alert(1)>", "<image href=\"http://127.0.0.1:9/x.png\"/>",
    "<a xlink:href=\"javascript:alert(1)\">x</a>", "<iframe src=//127.0.0.1:9/></iframe>", "<style>@import url(//127.0.0.1:9/x)</style>",
    "<foreignObject><body onload=alert(1)/></foreignObject>", "<use href=\"data:image/svg+xml,<svg/>#x\"/>",
    "<!--", "-->", "<![CDATA[", "]]>", "]]&gt;<script>", "<?xml version=\"1.0\"?>", "<?xml-stylesheet href=\"http://127.0.0.1:9/x.css\"?>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>", "&e;", "&lt;script&gt;", "&#60;script&#62;", "&#x0;", "&#xFFFE;", "&", "&&amp;",
    "\" onload=\"alert(1)", "' onmouseover='alert(1)", "\"><script>alert(1)</script>", "'/><g id='legend", "\" style=\"fill:url(http://127.0.0.1:9/#x)",
    "`onfocus=alert(1) autofocus`", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "url(#a0)", "url(javascript:alert(1))",
    "//127.0.0.1:9/x", "file:///etc/passwd", "${alert(1)}", "{{alert(1)}}", "\\u003cscript\\u003e", "%3Cscript%3E", "%s%n%x%d", "\\N\\G\\E\\l\\n",
    "a\\", "x;}*{background:url(//127.0.0.1:9/)}", "=cmd|' /C calc'!A0", "../../etc/passwd", "constructor", "__proto__", "toString", "null",
)
STRANGE = (
    "\u202e\u0633\u0631\u0651\u202c", "\u2066abc\u2069", "\u200f\u05d0\u05d1\u05d2 123", "\u0645\u0635\u0646\u0639 \u0627\u0644\u0628\u0637\u0627\u0631\u064a\u0627\u062a",
    "\u200b\u200c\u200d\u2060\ufeff", "a\u200bb\u200bc", "\u00ad\u00ad-", "e\u0301\u0301\u0301\u0301", "Z\u0351\u036b\u0343\u036a\u0342a\u0320\u0321\u0322l\u0330g\u0334o\u0317",
    "\U0001f697\U0001f50b", "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", "\U0001f1e8\U0001f1f3", "\u263a\ufe0f\u263a\ufe0e", "\U0001f44d\U0001f3ff",
    "\U00020bb7\u7530\u90e8\u54c1", "\u94fe\U000e0100", "\ufdfa\ufdfd", "\u0e01\u0e33\u0e49", "\u0915\u094d\u0937\u093f", "\u1100\u1161\u11a8", "\uac00\u3131",
    "\u0007\u001b[31mred\u001b[0m", "\u0001\u0002\u001f\u007f", "\u0080\u0085\u009f", "\u2028\u2029", "tab\there", "line\nbreak\r\n", "\ufffe\uffff\ufffd",
    "\ue000\uf8ff", "\U0010ffff\U000fffff", "\U0001d400\U0001d7d8", "\u2460\u2167\u33a1", "\uff21\uff11\uff01", "\u3000\u3000", "\u00a0\u2003\u205f",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii", "@@@@@@@@@@@@@@@@", "\u2014\u2014\u2014\u2014", "\u2026\u2026",
    "\uff08\uff08\uff08\u300a\u300a", "\u3002\uff0c\u3001\uff1b\uff1a\uff01", "\u4e00" * 90, "Donaudampfschifffahrtselektrizit\u00e4tenhauptbetriebswerkbauunterbeamtengesellschaft",
    "\u01c4\u01c5\ufb03\u0132\u2122\u2030\u20a8\u33c2", "\u0df4\u1c5b\u2e3b\ua9c5\U00012bab", "\u2588\u2592\u2500\u253c", "\u221e\u2211\u222e\u2194\u21c4",
)
PLAIN = ("\u52a8\u529b\u7535\u6c60", "\u6b63\u6781\u6750\u6599", "Cell & Pack", "it's \"quoted\"", "\u94fe")


def bad_in_id(character):
    return ord(character) <= 0x20 or 0x7f <= ord(character) <= 0xa0 or character in "\u2028\u2029\u3000\u205f\ufeff" or 0x2000 <= ord(character) <= 0x200a


class Names:
    """Names and ids by the dozen; the same seed gives the same ones."""

    def __init__(self, seed):
        self.rng = random.Random("hostile %s" % seed)
        self.ids = 0

    def name(self):
        parts = [self.rng.choice(self.rng.choice((MARKUP, STRANGE, PLAIN))) for _ in range(self.rng.choice((1, 1, 1, 2, 3, 6)))]
        name = self.rng.choice(("", "", " ", "\u00b7")).join(parts)
        return name if any(unicodedata.category(character)[0] not in "CZ" for character in name) else name + "x"

    def id(self):
        """Up to 128 bytes without white space and control characters, never given before."""
        self.ids += 1
        kept = "".join(character for character in self.name() if not bad_in_id(character))
        return kept.encode()[:100].decode(errors="ignore") + "~%d" % self.ids


def records(seed, links, sizes):
    """The records of a dataset by kind, `dataset` among them."""
    names, rng = Names(seed), random.Random("hostile records %s" % seed)
    data = {kind: [] for kind in ("regions", "zones", "chains", "links", "supply", "firms", "projects", "institutions", "agencies",
                                  "capability", "focus", "prospect", "lead", "origin", "kpis", "channels")}
    sources = [names.id().replace("#", "") for _ in range(9)]

    def node(kind, **fields):
        record = {"id": names.id(), "name": names.name(), "aliases": [names.name()], "note": names.name(),
                  "source": [rng.choice(sources) + "#" + names.name()], **fields}
        data[kind].append(record)
        return record["id"]

    def edge(kind, **fields):
        if not any(fields["from"] == other["from"] and fields["to"] == other["to"] for other in data[kind][-60:]):
            data[kind].append({**fields, "source": [rng.choice(sources)]})

    home, away = node("regions"), node("regions")
    zones = [node("zones", type=rng.choice(("zone", "county", "park"))) for _ in range(12)]
    agencies = [node("agencies") for _ in range(3)]
    firms = [node("firms", zone=rng.choice(zones), tags=[names.name()], grade=rng.choice(("leader", "small"))) for _ in range(links // 4 + 3)]
    outside = [node("firms", region=away) for _ in range(9)]
    projects = [node("projects", zone=rng.choice(zones), stage=rng.choice(("signed", "operating")), invest=1.5) for _ in range(9)]
    labs = [node("institutions", region=rng.choice((home, away)), type="lab") for _ in range(9)]
    for size in sizes:
        segments = [{"id": names.id(), "name": names.name(), "stage": stage}
                    for stage in ("upstream", "midstream", "downstream", "support")[:rng.randint(0 if size < 60 else 1, 4)]]
        chain = node("chains", tier=rng.choice(("traditional", "other")), segments=segments)
        node("channels", type="fair", region=away, chains=[chain])
        node("kpis", metric=names.name(), value=1, unit=names.name(), year=2025, scope=chain)
        edge("lead", **{"from": rng.choice(agencies), "to": chain, "role": "leader"})
        edge("origin", **{"from": away, "to": chain})
        own = []
        for _ in range(size):
            fields = {"segment": rng.choice(segments)["id"]} if segments and rng.random() < .9 else {}
            link = node("links", chain=chain, importance=rng.choice((0, .5, .7, 1)), choke=rng.random() < .2, abstract=rng.random() < .05,
                        survey=rng.choice(("none", "partial", "complete")), codes={"hs": [names.name()]}, **fields)
            for _ in range(rng.choice((0, 1, 1, 2)) if own else 0):
                edge("supply", **{"from": rng.choice(own), "to": link, "need": "required", "group": names.name()})
            holders = rng.choice(([], [], firms, projects, labs))
            for holder in rng.sample(holders, min(len(holders), rng.choice((1, 2, 5)))):
                edge("capability", **{"from": holder, "to": link, "role": "research" if holders is labs else "produce"})
            if rng.random() < .3:
                edge("prospect", **{"from": rng.choice(outside), "to": link, "role": "produce"})
                edge("focus", **{"from": rng.choice(zones), "to": link})
            own.append(link)
    data["dataset"] = {"format": "liantu/1", "id": names.id(), "title": names.name(), "home": home, "as_of": "2022-12-07",
                       "sources": [{"id": source, "title": names.name(), "publisher": names.name(), "date": "2022-12-07"} for source in sources]}
    return data


def write(data, folder):
    os.makedirs(folder, exist_ok=True)
    for kind, content in data.items():
        with open(os.path.join(folder, kind + ".json"), "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=1)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    write(records("wall", LINKS, CHAIN_SIZES), sys.argv[1])


if __name__ == "__main__":
    main()
