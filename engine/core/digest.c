/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/digest.h"

#include <stdio.h>

void lti_digest_hex(struct sha256_ctx *hash, char digest[LT_DIGEST_SIZE])
{
    uint8_t bytes[SHA256_DIGEST_SIZE];
    sha256_digest(hash, sizeof bytes, bytes);
    for (size_t i = 0; i < sizeof bytes; i++) snprintf(digest + 2 * i, 3, "%02x", bytes[i]);
}
