/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes FOLDER/KIND.schema.json for every record kind: how data/schema is made, and how a test sees that it is true. */
#include <stdio.h>

#include "liantu/liantu.h"

int main(int argc, char **argv)
{
    for (int kind = 0; argc == 2 && kind <= LT_KINDS; kind++) {
        char path[4096], *text;
        if (lt_schema_json((lt_kind)kind, &text, NULL) != LT_OK) return 1;
        snprintf(path, sizeof path, "%s/%s.schema.json", argv[1], lt_kind_name((lt_kind)kind));
        FILE *file = fopen(path, "we");
        bool written = file && fputs(text, file) >= 0;
        written = file && fclose(file) == 0 && written;
        lt_text_free(text);
        if (!written) {
            perror(path);
            return 1;
        }
    }
    if (argc == 2) return 0;
    fprintf(stderr, "usage: schema FOLDER\n");
    return 2;
}
