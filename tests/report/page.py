# SPDX-License-Identifier: GPL-3.0-or-later
"""A report as html, taken apart."""

import collections
import html.parser


class Page(html.parser.HTMLParser):
    """Blocks as (tag, text), figures as (key, text); whether tags are closed in order."""

    VOID = {"meta", "img", "col", "br"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.blocks, self.figures, self.problems, self.policy, self.style = [], [], [], [], "", ""
        self.tags = collections.Counter()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags[tag] += 1
        if tag == "meta" and "content" in attributes and "http-equiv" in attributes:
            self.policy = attributes["content"]
        if "style" in attributes or any(name.startswith("on") for name in attributes):
            self.problems.append("inline style or handler in %s" % tag)
        if tag == "img" and not attributes["src"].startswith("data:image/"):
            self.problems.append("img asks for " + attributes["src"][:60])
        if tag in self.VOID:
            return
        self.open.append(tag)
        if tag in ("h1", "h2", "h3", "h4", "h5", "p", "td", "th", "figcaption"):
            self.blocks.append([tag, ""])
        if "data-figure" in attributes:
            self.figures.append([attributes["data-figure"], ""])

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append("</%s> out of place" % tag)

    def handle_data(self, text):
        inside = set(self.open)
        if "style" in inside:
            self.style += text
        elif inside & {"h1", "h2", "h3", "h4", "h5", "p", "td", "th", "figcaption"}:
            self.blocks[-1][1] += text
        if self.open and self.open[-1] == "span":
            self.figures[-1][1] += text


def take_apart(text):
    page = Page()
    page.feed(text)
    page.close()
    if page.open:
        page.problems.append("left open: %s" % page.open)
    return page


def empty_parts(page):
    """Headings with nothing behind them, and cells or paragraphs without a word."""
    problems = []
    for i, (tag, text) in enumerate(page.blocks):
        if not text.strip():
            problems.append("empty %s after %s" % (tag, page.blocks[i - 1]))
        if tag in ("h2", "h3", "h4", "h5"):
            following = page.blocks[i + 1][0] if i + 1 < len(page.blocks) else "h1"
            deeper = following.startswith("h") and following[1:] > tag[1:]
            if following.startswith("h") and not deeper:
                problems.append("nothing under " + text)
    return problems


def differs(shown, value):
    """Whether a number as people read it is not the value, to the last digit shown."""
    if value is None:
        return False
    percent = shown.endswith("%")
    digits = shown.rstrip("%")
    decimals = len(digits.partition(".")[2])
    step = 10 ** -decimals / (100 if percent else 1)
    number = float(digits) / (100 if percent else 1)
    return abs(number - value) > step / 2 + 1e-9
