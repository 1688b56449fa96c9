"""What the comparisons of bottleneck figures and of minimal sets have in common."""

import argparse
import json
import multiprocessing
import os
import sys

import bottlenecks
import compare_gaps
import dataset
import gaps
import random_dataset

ORDER_TOLERANCE = 1e-12


def no_such_number(text):
    raise compare_gaps.Failure("%s is not a number of JSON" % text)


def parse(output):
    return json.loads(output.decode("utf-8"), parse_constant=no_such_number)


class Seeded:
    """A random dataset, its records shuffled, and what was found wrong on it."""

    def __init__(self, liantu, seed, folder, links, alternatives):
        self.liantu, self.folder = liantu, folder
        self.note = "random_dataset.py %d DIR --links %d%s" % (seed, links, " --alternatives" * alternatives)
        self.plain, self.shuffled = os.path.join(folder, "plain"), os.path.join(folder, "shuffled")
        os.mkdir(folder)
        random_dataset.make(seed, self.plain, links, alternatives=alternatives)
        random_dataset.make(seed, self.shuffled, links, order=1, alternatives=alternatives)
        self.data = dataset.read(self.plain)
        self.present = bottlenecks.presence(self.data)
        self.found = []


def write_policy(path, **groups):
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"format": "liantu-policy/1", **groups}, file)


def head_differences(answer, command, data):
    """Where what stands before the rows is not of the contract."""
    head, got = data["dataset"], answer.get("dataset", {})
    found = compare_gaps.differences(
        "head", {"command": command, "id": head["id"], "as_of": head["as_of"]},
        {"command": answer.get("command"), "id": got.get("id"), "as_of": got.get("as_of")})
    found += ["head: %s is missing" % key for key in ("liantu", "policy_sha256") if key not in answer]
    if len(got.get("sha256", "")) != 64:
        found.append("head: dataset.sha256 is not 64 characters")
    return found


def order_differences(what, got_links, figure_of, is_tie):
    """Figures descend; those the program cannot tell apart for certain may stand either way, true ties go by id."""
    found = []
    for above, below in zip(got_links, got_links[1:]):
        if figure_of[below] > figure_of[above] + ORDER_TOLERANCE:
            found.append("%s: %r stands above %r, whose figure is higher" % (what, above, below))
        elif is_tie(above, below) and gaps.byte_order(below) < gaps.byte_order(above):
            found.append("%s: %r and %r are equal and not in byte order" % (what, above, below))
    return found


class Comparison:
    """One dataset, and what was found wrong on it."""

    def __init__(self, liantu, folder):
        self.liantu, self.folder = liantu, folder
        self.data = dataset.read(folder)
        self.found = []

    def run(self, *arguments, before=(), folder=None, locale="C"):
        return compare_gaps.run(self.liantu, folder or self.folder, *before, *arguments, "--format", "json",
                                locale=locale)

    def note(self, what, found):
        self.found += ["%s: %s" % (what, line) if what else line for line in found]


def answered(check, *arguments):
    """Lines that say what is wrong; no answer at all is one of them."""
    try:
        return check(*arguments)
    except compare_gaps.Failure as failure:
        return [str(failure)]
    except Exception as error:      # an answer that cannot be read at all is a failed seed, not the end
        return ["%s: %s" % (type(error).__name__, error)]


def check_seed(task):
    check, liantu, seed = task
    return "seed %d" % seed, answered(check, liantu, seed)


def report(number, name, found):
    print("%s %d - %s" % ("not ok" if found else "ok", number, name))
    for line in "\n".join(found[:compare_gaps.DETAILS]).splitlines():
        print("# " + line)
    if len(found) > compare_gaps.DETAILS:
        print("# and %d more" % (len(found) - compare_gaps.DETAILS))
    return bool(found)


def main(doc, check, more=()):
    """TAP of check(liantu, seed) for every seed, then of more: (name, check(liantu))."""
    parser = argparse.ArgumentParser(description=doc.split("\n")[0])
    parser.add_argument("liantu")
    parser.add_argument("--seeds", nargs=2, type=int, default=(0, 299), metavar=("A", "B"))
    options = parser.parse_args()
    # TAP and its details are UTF-8 whatever the locale.
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    liantu, (first, last) = os.path.abspath(options.liantu), options.seeds
    tasks = [(check, liantu, seed) for seed in range(first, last + 1)]
    print("1..%d" % (len(tasks) + len(more)))
    number = failed = 0
    with multiprocessing.Pool(compare_gaps.WORKERS) as pool:
        for name, found in pool.imap(check_seed, tasks, chunksize=4):
            number += 1
            failed += report(number, name, found)
    for name, check_more in more:
        number += 1
        failed += report(number, name, answered(check_more, liantu))
    sys.exit(1 if failed else 0)
