# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of reports say: a TAP case with what was found wrong, and the plan at the end."""

import sys

SHOWN = 8  # problems of a case

results = []


def check(name, problems):
    results.append(not problems)
    print("%s %d - %s" % ("not ok" if problems else "ok", len(results), name))
    for problem in list(problems)[:SHOWN]:
        print("# " + str(problem).replace("\n", " "))
    if len(problems) > SHOWN:
        print("# and %d more" % (len(problems) - SHOWN))
    sys.stdout.flush()


def skip(name, reason):
    results.append(True)
    print("ok %d - %s # SKIP %s" % (len(results), name, reason))


def finish():
    """Prints the plan. @return exit code."""
    print("1..%d" % len(results))
    return 0 if all(results) else 1
