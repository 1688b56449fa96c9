#!/usr/bin/env python3
"""Statuses must stay apart for readers who are colour-blind, and badges must be readable; prints TAP.

    check_palette.py PALETTE.C

Reads the colours of the light style from the palette's table. Colour blindness as simulated by Machado, Oliveira and
Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (2009), full severity;
distance is CIE76 in L*a*b* under D65. The grey style is held to badges, dashes and cues, not to colours.
"""

import itertools
import re
import sys

LEAST_DISTANCE = 15
LEAST_CONTRAST = 4
LEAST_LINE_CONTRAST = 1.9  # weak's amber is the plan's colour; its bar and badge tell it too

VIEWS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def seen(rgb, view):
    return [min(1, max(0, sum(m * c for m, c in zip(row, rgb)))) for row in VIEWS[view]]


def lab(rgb):
    rows = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
    xyz = [sum(m * c for m, c in zip(row, rgb)) / white for row, white in zip(rows, (0.95047, 1, 1.08883))]
    f = [t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in xyz]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def distance(a, b, view):
    return sum((x - y) ** 2 for x, y in zip(lab(seen(linear(a), view)), lab(seen(linear(b), view)))) ** 0.5


def luminance(colour):
    r, g, b = linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def read_table(path, style):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    block = text.split(f"[LT_STYLE_{style}] =")[1].split("[LT_STYLE_")[0].split("lti_colours")[0]
    looks = {}
    for name, row in re.findall(r"\[LT_STATUS_(\w+)\] =\s*\{(.*?)\},", block, re.S):
        looks[name.lower()] = dict(re.findall(r"\.(\w+) = \"(#[0-9A-F]{6})\"", row))
    return looks


def main():
    count = 0

    def check(good, what):
        nonlocal count
        count += 1
        print(f"{'ok' if good else 'not ok'} {count} - {what}")
        return good

    good = True
    light = read_table(sys.argv[1], "LIGHT")
    good &= check(len(light) == 7, "seven statuses")
    for view in VIEWS:
        for a, b in itertools.combinations(sorted(light), 2):
            apart = distance(light[a]["colour"], light[b]["colour"], view)
            good &= check(apart >= LEAST_DISTANCE, f"{view}: {a} and {b} are {apart:.1f} apart")
    for style in ("LIGHT", "PRINT"):
        for name, look in sorted(read_table(sys.argv[1], style).items()):
            ratio = contrast(look["badge_text"], look.get("badge_fill", "#FFFFFF"))
            good &= check(ratio >= LEAST_CONTRAST, f"{style}: badge of {name} has contrast {ratio:.2f}")
            ratio = contrast(look["colour"], look["fill"])
            good &= check(ratio >= LEAST_LINE_CONTRAST, f"{style}: border of {name} has contrast {ratio:.2f}")
    print(f"1..{count}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
