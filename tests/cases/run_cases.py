#!/usr/bin/env python3
"""Run the command lines of tests/cases/*.case and compare what they do; prints TAP.

    run_cases.py LIANTU [--capture]

A case is a paragraph: `# title`, `$ command` (run by sh, in tests/, with liantu on the PATH and LANG=C),
then what is expected: `> ` lines of standard output, `! ` lines of standard error, `= N` the exit code (0 when left
out), and `~ ` lines: regular expressions that must be found in standard output, in place of `> ` lines.
--capture writes down what the commands do: read it.
"""

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


class Case:
    def __init__(self, lines):
        self.lines = lines
        self.title = next((line[2:] for line in lines if line.startswith("# ")), "")
        self.command = "\n".join(line[2:] for line in lines if line.startswith("$ "))
        self.out = [line[2:] for line in lines if line.startswith("> ") or line == ">"]
        self.err = [line[2:] for line in lines if line.startswith("! ") or line == "!"]
        self.patterns = [line[2:] for line in lines if line.startswith("~ ")]
        self.code = next((int(line[2:]) for line in lines if line.startswith("= ")), 0)


def read_cases(path):
    with open(path, encoding="utf-8") as file:
        paragraphs = re.split(r"\n\s*\n", file.read().strip())
    return [Case(paragraph.split("\n")) for paragraph in paragraphs]


def run(liantu, case, scratch):
    environment = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "NO_COLOR")}
    environment.update(PATH="%s:%s" % (os.path.dirname(liantu), os.environ["PATH"]), LANG="C", T=scratch, TERM="xterm")
    done = subprocess.run(["sh", "-c", case.command], cwd=os.path.dirname(HERE), env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    return done.returncode, *(text.decode("utf-8", "replace").replace(scratch, "$T").splitlines()
                              for text in (done.stdout, done.stderr))


def problems(case, code, out, err):
    if code != case.code:
        yield "exit %d, not %d" % (code, case.code)
    if err != case.err:
        yield "standard error: %r, not %r" % (err, case.err)
    if not case.patterns and out != case.out:
        yield "standard output: %r, not %r" % (out, case.out)
    for pattern in case.patterns:
        if not re.search(pattern, "\n".join(out), re.MULTILINE):
            yield "standard output has no %r: %r" % (pattern, out[:20])


def captured(case, code, out, err):
    kept = [line for line in case.lines if line[:2] in ("# ", "$ ", "~ ")]
    kept += [] if case.patterns else [("> " + line).rstrip() if not line else "> " + line for line in out]
    kept += ["! " + line for line in err]
    return kept + (["= %d" % code] if code else [])


def main():
    liantu = os.path.abspath(sys.argv[1])
    capture = "--capture" in sys.argv
    files = [(path, read_cases(path)) for path in sorted(glob.glob(os.path.join(HERE, "*.case")))]
    if not capture:
        print("1..%d" % sum(len(cases) for _, cases in files))
    number = failed = 0
    for path, cases in files:
        texts = []
        for case in cases:
            number += 1
            scratch = tempfile.mkdtemp()
            result = run(liantu, case, scratch)
            shutil.rmtree(scratch)
            texts.append("\n".join(captured(case, *result)))
            if capture:
                continue
            found = list(problems(case, *result))
            print("%s %d - %s: %s" % ("not ok" if found else "ok", number, os.path.basename(path)[:-5], case.title))
            for line in found:
                print("# " + line)
            failed += bool(found)
        if capture:
            with open(path, "w", encoding="utf-8") as file:
                file.write("\n\n".join(texts) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
