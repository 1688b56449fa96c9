/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LT_SINK_H
#define LT_SINK_H

#include <stddef.h>

/** Where output goes, so that nothing here knows files. write returns 0, or -1 with errno set. */
typedef struct {
    int (*write)(void *context, const char *bytes, size_t length);
    void *context;
} lt_sink;

#endif
