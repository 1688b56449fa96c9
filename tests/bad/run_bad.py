#!/usr/bin/env python3
"""Give every bad dataset to the program; prints TAP.

    run_bad.py LIANTU [--capture]

Each case, in both languages: `validate` and `gaps` exit 3, say the one message on stderr
exactly, and write nothing else. --capture writes the messages down instead: read them.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
LANGUAGES = ("zh", "en")


def lay_out(case_folder, case, folder):
    shutil.copytree(os.path.join(HERE, "base"), folder)
    for path in case["without"]:
        os.remove(os.path.join(folder, path))
        parent = os.path.dirname(os.path.join(folder, path))
        if not os.listdir(parent):
            os.rmdir(parent)
    shutil.copytree(case_folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("case.json"))


def run(liantu, command, lang, parent):
    """The dataset is named relative to the folder the program runs in, so messages hold no path of this machine."""
    done = subprocess.run([liantu, "--data", "d", "--lang", lang, command, "--format", "json"], cwd=parent,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def problems(liantu, case, parent):
    for lang in LANGUAGES:
        for command in ("validate", "gaps"):
            code, out, err = run(liantu, command, lang, parent)
            expected = case.get(lang)
            if code != 3:
                yield "%s --lang %s: exit %d, not 3: %s" % (command, lang, code, err.strip())
            elif out:
                yield "%s --lang %s: wrote %d bytes on standard output" % (command, lang, len(out))
            elif err != "d/%s %s\n" % (case["place"], expected):
                yield "%s --lang %s: said %r" % (command, lang, err)


def capture(liantu, path, case, parent):
    start = "d/%s " % case["place"]
    for lang in LANGUAGES:
        code, _, err = run(liantu, "validate", lang, parent)
        if code != 3 or not err.startswith(start) or err.count("\n") != 1:
            print("%s: exit %d, said %r, place %s" % (os.path.basename(os.path.dirname(path)), code, err, case["place"]))
            return
        case[lang] = err[len(start):-1]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(case, file, ensure_ascii=False, indent=1)
        file.write("\n")


def main():
    liantu = os.path.abspath(sys.argv[1])
    names = sorted(name for name in os.listdir(HERE) if os.path.exists(os.path.join(HERE, name, "case.json")))
    if "--capture" not in sys.argv:
        print("1..%d" % len(names))
    failed = 0
    for number, name in enumerate(names, 1):
        path = os.path.join(HERE, name, "case.json")
        with open(path, encoding="utf-8") as file:
            case = json.load(file)
        with tempfile.TemporaryDirectory() as parent:
            lay_out(os.path.dirname(path), case, os.path.join(parent, "d"))
            if "--capture" in sys.argv:
                capture(liantu, path, case, parent)
                continue
            found = list(problems(liantu, case, parent))
        print("%s %d - %s" % ("not ok" if found else "ok", number, name))
        for line in found:
            print("# " + line)
        failed += bool(found)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
