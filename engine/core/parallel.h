/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_PARALLEL_H
#define LTI_PARALLEL_H

/**
 * Runs work(context, 0) to work(context, workers - 1) side by side, the first in the calling thread, and waits for all.
 *
 * A worker whose thread cannot be had does not run, so workers are to claim their work, never to be dealt it. The process's
 * signals stay with the threads of the caller.
 */
void lti_parallel(unsigned workers, void (*work)(void *context, unsigned worker), void *context);

/** Processors online, at least 1. */
unsigned lti_processors(void);

#endif
