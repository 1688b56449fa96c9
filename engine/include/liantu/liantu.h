/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_LIANTU_H
#define LIANTU_LIANTU_H

/* All of the library. */
#include "liantu/bottleneck.h"
#include "liantu/briefing.h"
#include "liantu/dataset.h"
#include "liantu/diff.h"
#include "liantu/error.h"
#include "liantu/gap.h"
#include "liantu/lead.h"
#include "liantu/message.h"
#include "liantu/minimal_sets.h"
#include "liantu/policy.h"
#include "liantu/portfolio.h"
#include "liantu/position.h"
#include "liantu/robustness.h"
#include "liantu/rules.h"
#include "liantu/schema.h"
#include "liantu/target.h"
#include "liantu/text.h"
#include "liantu/unlock_plan.h"

#endif
