/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/parallel.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "core/memory.h"

typedef struct {
    void (*work)(void *context, unsigned worker);
    void *context;
    unsigned worker;
    pthread_t thread;
} job;

static void *run(void *context)
{
    const job *j = context;
    j->work(j->context, j->worker);
    return NULL;
}

/* Signals that may wait for another thread: all but what a thread brings on itself. */
static void take_process_signals(sigset_t *set)
{
    sigfillset(set);
    sigdelset(set, SIGSEGV);
    sigdelset(set, SIGBUS);
    sigdelset(set, SIGFPE);
    sigdelset(set, SIGILL);
}

void lti_parallel(unsigned workers, void (*work)(void *context, unsigned worker), void *context)
{
    unsigned wanted = workers > 0 ? workers - 1 : 0, started = 0;
    job *jobs = wanted > 0 ? lti_alloc(wanted, sizeof *jobs) : NULL;
    sigset_t blocked, before;
    take_process_signals(&blocked);
    pthread_sigmask(SIG_BLOCK, &blocked, &before);
    for (; jobs && started < wanted; started++) {
        jobs[started] = (job){.work = work, .context = context, .worker = started + 1};
        if (pthread_create(&jobs[started].thread, NULL, run, &jobs[started]) != 0) break;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    work(context, 0);
    for (unsigned i = 0; i < started; i++) pthread_join(jobs[i].thread, NULL);
    lti_free(jobs);
}

unsigned lti_processors(void)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (unsigned)online : 1;
}
