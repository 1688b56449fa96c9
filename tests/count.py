#!/usr/bin/env python3
"""Count the tests of the last runs from the runner's own report: `N passed, M failed` as the last line.

    count.py BUILD…

A test program that ended badly without a failed case of its own counts as one.
"""

import json
import os
import sys
import xml.etree.ElementTree


def counts(build):
    passed = failed = 0
    suites = {}
    for suite in xml.etree.ElementTree.parse(os.path.join(build, "meson-logs", "testlog.junit.xml")).getroot():
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        passed += int(suite.get("tests", 0)) - bad - skipped
        failed += bad
        suites[suite.get("name")] = bad
    with open(os.path.join(build, "meson-logs", "testlog.json"), encoding="utf-8") as lines:
        for test in map(json.loads, lines):
            told = any(bad for name, bad in suites.items() if test["name"].split(" / ")[-1] in name)
            if test["result"] not in ("OK", "SKIP", "EXPECTEDFAIL") and not told:
                failed += 1
    return passed, failed


def main():
    totals = [counts(build) for build in sys.argv[1:]]
    passed, failed = (sum(column) for column in zip(*totals))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
