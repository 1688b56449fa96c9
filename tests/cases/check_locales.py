#!/usr/bin/env python3
"""The same bytes under German and Chinese locales, which are made here and seen to work; prints TAP, a case a command.

    check_locales.py LIANTU DATA
"""

import os
import subprocess
import sys
import tempfile

LOCALES = (("de_DE", "UTF-8"), ("zh_CN", "GB18030"))
CHAIN = ["--chain", "hydrogen"]
COMMANDS = (
    [["gaps", "--format", form] for form in ("text", "csv", "json")]
    + [[name, "--format", "json"] for name in ("bottlenecks", "targets", "position", "stats")]
    + [["portfolio", "--pick", "3", "--format", "json"], ["unlock", "fcv", "--format", "json"]]
    + [["map", "--type", name, *CHAIN, "--format", form] for name in ("industry", "innovation", "supply", "targeting")
       for form in ("svg", "dot")]
    + [["map", "--type", "industry", *CHAIN, "--painter", "graphviz"], ["map", "--type", "industry", *CHAIN, "--format", "pdf"],
       ["map", "--type", "city"]]
    + [["report", *CHAIN, "--format", form] for form in ("md", "html")]
)


def made(folder):
    """Makes the locales. @return environments, C first, each seen to write numbers its own way."""
    environments = [("C", {**os.environ, "LC_ALL": "C"})]
    for name, charmap in LOCALES:
        locale = "%s.%s" % (name, charmap)
        subprocess.run(["localedef", "-i", name, "-f", charmap, os.path.join(folder, locale)], stderr=subprocess.PIPE)
        environment = {**os.environ, "LC_ALL": locale, "LOCPATH": folder}
        said = subprocess.run(["locale", "-k", "decimal_point", "charmap"], env=environment, stdout=subprocess.PIPE).stdout.decode()
        wanted = 'decimal_point="%s"\ncharmap="%s"\n' % ("," if name == "de_DE" else ".", charmap)
        if said != wanted:
            raise RuntimeError("%s cannot be made (Debian package locales): %s" % (locale, said))
        environments.append((locale, environment))
    return environments


def outputs(liantu, data, command, lang, environments):
    """A command's output under each locale."""
    for name, environment in environments:
        words = [liantu, "--data", data, "--lang", lang, *command]
        done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 0 or not done.stdout:
            raise RuntimeError("%s under %s: exit %d: %r" % (" ".join(command), name, done.returncode, done.stderr))
        yield name, done.stdout


def main():
    liantu, data = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        environments = made(folder)
        for number, command in enumerate(COMMANDS, 1):
            lang = ("zh", "en")[number % 2]
            (_, first), *others = outputs(liantu, data, command, lang, environments)
            wrong = [name for name, output in others if output != first]
            failed += bool(wrong)
            print("%s %d - %s (%s)" % ("not ok" if wrong else "ok", number, " ".join(command), lang))
            if wrong:
                print("# bytes differ under " + ", ".join(wrong))
    print("1..%d" % len(COMMANDS))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
