/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The input is a policy file. One that loads must give itself back. */
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *folder = fuzz_folder();
    char path[256], first[LT_DIGEST_SIZE], second[LT_DIGEST_SIZE], *text;
    lt_policy policy;
    lt_rules *rules = NULL, *again = NULL;
    fuzz_write(folder, "policy", data, size);
    snprintf(path, sizeof path, "%s/policy", folder);
    if (lt_policy_load(path, &policy, NULL) != LT_OK || lt_rules_load(path, &rules, NULL) != LT_OK) return 0;
    if (lt_policy_digest(&policy, rules, first, NULL) != LT_OK || lt_policy_json(&policy, rules, &text, NULL) != LT_OK) abort();
    fuzz_write(folder, "policy", text, strlen(text));
    lt_text_free(text);
    if (lt_policy_load(path, &policy, NULL) != LT_OK || lt_rules_load(path, &again, NULL) != LT_OK ||
        lt_policy_digest(&policy, again, second, NULL) != LT_OK || strcmp(first, second) != 0)
        abort();
    lt_rules_free(rules);
    lt_rules_free(again);
    return 0;
}
