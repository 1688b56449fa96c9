#!/usr/bin/env python3
"""Hold `liantu gaps` against the slow method on seeded random datasets; prints TAP.

    compare_gaps.py LIANTU [--seeds A B]

Each seed: `validate` exits 0; `gaps` agrees in every field, whole and for one chain;
a copy with its records in another order, under another locale, gives the same bytes.
"""

import argparse
import json
import math
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile

import dataset
import gaps
import random_dataset

TOLERANCE = 1e-9
WORKERS = 2
SECONDS = 60            # a run this long hangs
DETAILS = 12            # differences shown a seed


class Failure(Exception):
    """The program did not get as far as an answer."""


def run(liantu, folder, *arguments, locale="C"):
    command = [liantu, "--data", folder, *arguments]
    environment = dict(os.environ, LC_ALL=locale)
    # Bytes: what the program is given must not depend on the locale this runs under.
    encoded = [argument.encode("utf-8", "surrogateescape") for argument in command]
    try:
        done = subprocess.run(encoded, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise Failure("%s: no answer in %d s" % (" ".join(arguments), SECONDS))
    if done.returncode != 0:
        raise Failure("%s: exit %d: %s" % (" ".join(arguments), done.returncode,
                                           done.stderr.decode("utf-8", "replace").strip()))
    return done.stdout


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def differences(path, expected, got):
    """Lines that say where `got` differs; numbers to the tolerance, all else exactly."""
    if is_number(expected) and is_number(got):
        if math.isclose(expected, got, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
            return []
    elif isinstance(expected, dict) and isinstance(got, dict):
        found = ["%s: %s is missing" % (path, key) for key in expected if key not in got]
        found += ["%s: %s is not of the contract" % (path, key) for key in got if key not in expected]
        for key in expected:
            if key in got:
                found += differences("%s.%s" % (path, key), expected[key], got[key])
        return found
    elif isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        return [line for index, pair in enumerate(zip(expected, got))
                for line in differences("%s[%d]" % (path, index), *pair)]
    elif type(expected) is type(got) and expected == got:
        return []
    return ["%s: expected %s, got %s" % (path, json.dumps(expected, ensure_ascii=False),
                                         json.dumps(got, ensure_ascii=False))]


def row_differences(expected, got):
    """Rows by link, so that one missing row does not make all later ones differ."""
    expected_of = {row["link"]: row for row in expected}
    got_of = {row.get("link"): row for row in got}
    found = []
    for link in sorted(expected_of.keys() - got_of.keys()):
        found.append("rows: %r is missing" % link)
    for link in sorted(got_of.keys() - expected_of.keys(), key=str):
        found.append("rows: %r has no place here" % link)
    for link in sorted(expected_of.keys() & got_of.keys()):
        found += differences("row %r" % link, expected_of[link], got_of[link])
    if not found and [row["link"] for row in expected] != [row["link"] for row in got]:
        found.append("rows: not in byte order of the link id, or a row twice")
    return found


def compare(data, output, chain):
    answer = json.loads(output.decode("utf-8"))
    expected = gaps.analyse(data, chain)
    head = data["dataset"]
    wanted = {"command": "gaps", "id": head["id"], "as_of": head["as_of"]}
    got = {"command": answer.get("command"), "id": answer.get("dataset", {}).get("id"),
           "as_of": answer.get("dataset", {}).get("as_of")}
    found = differences("head", wanted, got)
    found += ["head: %s is missing" % key for key in ("liantu", "policy_sha256") if key not in answer]
    if len(answer.get("dataset", {}).get("sha256", "")) != 64:
        found.append("head: dataset.sha256 is not 64 characters")
    found += row_differences(expected["rows"], answer.get("rows", []))
    found += differences("summary", expected["summary"], answer.get("summary"))
    return ["--chain %s: %s" % (chain, line) if chain else line for line in found]


def check_seed(task):
    """(seed, lines that say what is wrong)."""
    liantu, seed = task
    try:
        with tempfile.TemporaryDirectory(prefix="liantu-oracle-") as folder:
            plain, shuffled = os.path.join(folder, "plain"), os.path.join(folder, "shuffled")
            random_dataset.make(seed, plain)
            random_dataset.make(seed, shuffled, order=1)
            data = dataset.read(plain)
            chain = random.Random(seed).choice(data["chains"])["id"]

            run(liantu, plain, "validate")
            output = run(liantu, plain, "gaps", "--format", "json")
            found = compare(data, output, None)
            found += compare(data, run(liantu, plain, "gaps", "--chain", chain, "--format", "json"), chain)
            if run(liantu, shuffled, "gaps", "--format", "json", locale="C.UTF-8") != output:
                found.append("other bytes when the records stand in another order (--order 1)")
            return seed, found
    except Failure as failure:
        return seed, [str(failure)]
    except Exception as error:      # an answer that cannot be read at all is a failed seed, not the end
        return seed, ["%s: %s" % (type(error).__name__, error)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("liantu")
    parser.add_argument("--seeds", nargs=2, type=int, default=(0, 299), metavar=("A", "B"))
    options = parser.parse_args()
    # TAP and its details are UTF-8 whatever the locale.
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    first, last = options.seeds
    tasks = [(os.path.abspath(options.liantu), seed) for seed in range(first, last + 1)]
    failed = 0
    print("1..%d" % len(tasks))
    with multiprocessing.Pool(WORKERS) as pool:
        for number, (seed, found) in enumerate(pool.imap(check_seed, tasks, chunksize=4), 1):
            print("%s %d - seed %d" % ("not ok" if found else "ok", number, seed))
            failed += bool(found)
            for line in "\n".join(found[:DETAILS]).splitlines():
                print("# " + line)
            if len(found) > DETAILS:
                print("# and %d more" % (len(found) - DETAILS))
            if found:
                print("# make it again: random_dataset.py %d DIR" % seed)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
