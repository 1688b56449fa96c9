/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "program.h"

static volatile sig_atomic_t interrupted;
static struct timespec began;
static long shown; /* second last shown */

static void note_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

static long seconds_gone(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec - began.tv_sec;
}

void watch_begin(void)
{
    struct sigaction action = {.sa_handler = note_interrupt, .sa_flags = SA_RESETHAND}; /* a second Ctrl-C ends the program */
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    clock_gettime(CLOCK_MONOTONIC, &began);
    shown = 0;
}

bool watch_stop(void *context, double done)
{
    const program *p = context;
    (void)done;
    long gone = seconds_gone();
    if (gone >= 2 && gone != shown && isatty(STDERR_FILENO)) {
        char number[24], text[128];
        snprintf(number, sizeof number, "%ld", gone);
        lt_message_format(text, sizeof text, p->lang, LT_MSG_PROGRESS, WORDS(number), 1);
        fprintf(stderr, "\r%s", text);
        shown = gone;
    }
    return interrupted != 0;
}

void watch_end(void)
{
    if (shown > 0) fprintf(stderr, "\r\x1b[K");
}
