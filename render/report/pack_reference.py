# SPDX-License-Identifier: GPL-3.0-or-later
"""pack_reference.py FOLDER OUTPUT: the parts of the reference document, as a docx. The same parts give the same bytes."""
import os
import sys
import zipfile

folder, output = sys.argv[1:]
parts = sorted(os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names)
with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
    for part in parts:
        entry = zipfile.ZipInfo(part.replace(os.sep, "/"), (1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        with open(os.path.join(folder, part), "rb") as file:
            archive.writestr(entry, file.read())
