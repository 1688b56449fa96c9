/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_API_H
#define LIANTU_API_H

/** Marks what the shared library exports; everything else stays hidden. */
#if defined(__GNUC__)
#define LT_API __attribute__((visibility("default")))
#else
#define LT_API
#endif

#endif
