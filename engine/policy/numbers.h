/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_POLICY_NUMBERS_H
#define LTI_POLICY_NUMBERS_H

#include "liantu/policy.h"

/** Numbers of a policy, in the order of the file. */
size_t lti_policy_numbers(void);

/** Number i by its place in the struct. */
double *lti_policy_number(lt_policy *policy, size_t i);

/** Its group and name in the file. Static. */
void lti_policy_number_name(size_t i, const char **group, const char **name);

#endif
