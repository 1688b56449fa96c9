/* SPDX-License-Identifier: GPL-3.0-or-later */
/* embed NAME INPUT OUTPUT: writes a C file with NAME_text and NAME_size, the bytes of INPUT. Runs at build time. */
#include <stdio.h>

int main(int argc, char **argv)
{
    if (argc != 4) return 2;
    FILE *in = fopen(argv[2], "rb"), *out = fopen(argv[3], "w");
    if (!in || !out) {
        perror("embed");
        return 1;
    }
    fprintf(
        out,
        "#include <stddef.h>\n\nextern const unsigned char %s_text[];\nextern const size_t %s_size;\n\nconst unsigned char %s_text[] = {",
        argv[1], argv[1], argv[1]);
    size_t size = 0;
    for (int byte; (byte = fgetc(in)) != EOF; size++) fprintf(out, "%s%d,", size % 32 == 0 ? "\n" : "", byte);
    fprintf(out, "%s};\nconst size_t %s_size = %zu;\n", size == 0 ? "0" : "\n", argv[1], size);
    int failed = ferror(in);
    fclose(in);
    return fclose(out) != 0 || failed;
}
