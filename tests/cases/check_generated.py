#!/usr/bin/env python3
"""See that data/schema and data/policy are what the engine's tables give, and that the dataset's records fit; prints TAP.

    check_generated.py GENERATE DATA
"""

import filecmp
import os
import subprocess
import sys
import tempfile


def compare(made, kept):
    names = sorted(os.listdir(made))
    if names != sorted(os.listdir(kept)):
        return "%s holds %s, not %s" % (kept, sorted(os.listdir(kept)), names)
    _, differing, _ = filecmp.cmpfiles(made, kept, names, shallow=False)
    return "differing: %s" % differing if differing else ""


def main():
    generate, data = sys.argv[1:]
    print("1..2")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("schema", "policy"):
            os.mkdir(os.path.join(folder, name))
        subprocess.run([generate, folder], check=True)
        for number, name in enumerate(("schema", "policy"), 1):
            problem = compare(os.path.join(folder, name), os.path.join(data, name))
            print("%s %d - data/%s is as generated" % ("not ok" if problem else "ok", number, name))
            if problem:
                print("# %s; run build/bin/generate data" % problem)


if __name__ == "__main__":
    main()
