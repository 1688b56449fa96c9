/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_CLOCK_H
#define LTI_CLOCK_H

/** Seconds of the monotonic clock. Only limits on time may look at it. */
double lti_clock(void);

#endif
