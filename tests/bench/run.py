#!/usr/bin/env python3
"""Measure load, gaps and targets on a large dataset against peers doing the same work, in the same run.

    run.py LIANTU [--firms N] [--capabilities N] [--prospects N] [--runs N]

Prints medians of wall seconds and the peak of memory, the ratio to each peer, and the bytes a capability edge
costs beyond its strings. Nothing here passes or fails.
  load    peer: jq reading the same files (jq must be installed), a JSON reader in C that keeps nothing
  gaps    peer: Python reading the same files and summing the levels of local firms by link, a part of the work
  targets peer: the same sums and the prospects of each link, a part of the work
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))

SUMS_IN_PYTHON = """
import json, sys
folder = sys.argv[1]
read = lambda kind: map(json.loads, open(folder + "/" + kind + ".ndjson", encoding="utf-8"))
local = {firm["id"] for firm in read("firms") if firm["region"] == "home"}
supply, producers = {}, {}
for edge in read("capability"):
    if edge["from"] in local:
        supply[edge["to"]] = supply.get(edge["to"], 0) + edge["level"]
        producers.setdefault(edge["to"], set()).add(edge["from"])
if len(sys.argv) > 2:
    prospects = {}
    for edge in read("prospect"):
        prospects[edge["to"]] = prospects.get(edge["to"], 0) + 1
    supply.update((link, supply.get(link, 0) + count) for link, count in prospects.items())
print(len(supply), sum(map(len, producers.values())), sum(1 for _ in read("supply")) + sum(1 for _ in read("links")))
"""


def measure(command, runs):
    """(median seconds, peak bytes) of a command's own process."""
    times, peaks = [], []
    for _ in range(runs):
        started = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        times.append(time.monotonic() - started)
        peaks.append(usage.ru_maxrss * 1024)
        if status != 0:
            sys.exit("%s: status %d" % (" ".join(command[:4]), status))
    return statistics.median(times), max(peaks)


def report(name, mine, peers):
    print("%-22s %7.2f s  %7.0f MB" % (name, mine[0], mine[1] / 1e6))
    for peer, theirs in peers.items():
        print("  %-20s %7.2f s  %7.0f MB  ratio %.2f" % (peer, theirs[0], theirs[1] / 1e6, mine[0] / theirs[0]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("liantu")
    parser.add_argument("--firms", type=int, default=100_000)
    parser.add_argument("--capabilities", type=int, default=500_000)
    parser.add_argument("--prospects", type=int, default=30_000)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        full, bare = os.path.join(folder, "full"), os.path.join(folder, "bare")
        for target, capabilities in ((full, args.capabilities), (bare, 0)):
            subprocess.run([sys.executable, os.path.join(HERE, "make_large.py"), target, "--firms", str(args.firms),
                            "--capabilities", str(capabilities), "--prospects", str(args.prospects)], check=True)
        files = [os.path.join(full, name) for name in sorted(os.listdir(full))]
        load = measure([args.liantu, "--data", full, "validate", "--format", "json"], args.runs)
        without = measure([args.liantu, "--data", bare, "validate", "--format", "json"], 1)
        gaps = measure([args.liantu, "--data", full, "gaps", "--format", "json"], args.runs)
        targets = measure([args.liantu, "--data", full, "targets", "--format", "json"], args.runs)
        report("validate", load, {"jq empty": measure(["jq", "empty", *files], args.runs)})
        report("gaps", gaps, {"Python sums": measure([sys.executable, "-c", SUMS_IN_PYTHON, full], args.runs)})
        report("targets", targets, {"Python sums": measure([sys.executable, "-c", SUMS_IN_PYTHON, full, "1"], args.runs)})
        print("a capability edge: %.0f bytes at the peak" % ((load[1] - without[1]) / args.capabilities))


if __name__ == "__main__":
    main()
