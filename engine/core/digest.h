/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_DIGEST_H
#define LTI_DIGEST_H

#include <nettle/sha2.h>

#include "liantu/dataset.h"

/** Ends a SHA-256 and writes it in hexadecimal. */
void lti_digest_hex(struct sha256_ctx *hash, char digest[LT_DIGEST_SIZE]);

#endif
