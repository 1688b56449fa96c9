/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes what data/ holds of the engine's tables: FOLDER/schema/KIND.schema.json of every record kind, and
   FOLDER/policy/default.json. Not installed; a test sees that data/ is what this writes. */
#include <stdio.h>

#include "liantu/liantu.h"

static int write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    bool written = file && fputs(text, file) >= 0;
    written = file && fclose(file) == 0 && written;
    if (!written) perror(path);
    return written ? 0 : 1;
}

static int write_schema(const char *folder, lt_kind kind)
{
    char path[4096], *text;
    if (lt_schema_json(kind, &text, NULL) != LT_OK) return 1;
    snprintf(path, sizeof path, "%s/schema/%s.schema.json", folder, lt_kind_name(kind));
    int failed = write_text(path, text);
    lt_text_free(text);
    return failed;
}

static int write_policy(const char *folder)
{
    char path[4096], *text;
    if (lt_policy_json(lt_policy_default(), NULL, &text, NULL) != LT_OK) return 1;
    snprintf(path, sizeof path, "%s/policy/default.json", folder);
    int failed = write_text(path, text);
    lt_text_free(text);
    return failed;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: generate FOLDER\n");
        return 2;
    }
    int failed = write_policy(argv[1]);
    for (int kind = 0; kind <= LT_KINDS && !failed; kind++) failed = write_schema(argv[1], (lt_kind)kind);
    return failed;
}
