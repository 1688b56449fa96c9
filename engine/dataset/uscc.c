/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unified social credit code, GB 32100-2015: 17 characters and a check digit modulo 31. */
#include <string.h>

#include "dataset/loader.h"

bool lti_uscc_valid(const char *code)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    static const int weights[] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    enum { DIGITS = sizeof weights / sizeof *weights };

    if (strlen(code) != DIGITS + 1) return false;
    int sum = 0;
    for (int i = 0; i < DIGITS; i++) {
        const char *at = strchr(alphabet, code[i]);
        if (!at) return false;
        sum += (int)(at - alphabet) * weights[i];
    }
    return code[DIGITS] == alphabet[(31 - sum % 31) % 31];
}
