/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

static const lt_tone status_tones[LT_STATUSES] = {
    [LT_STATUS_MISSING] = LT_TONE_RED, [LT_STATUS_PIPELINE] = LT_TONE_GREEN, [LT_STATUS_UNKNOWN] = LT_TONE_GREY,
    [LT_STATUS_WEAK] = LT_TONE_YELLOW, [LT_STATUS_SINGLE] = LT_TONE_MAGENTA, [LT_STATUS_ADEQUATE] = LT_TONE_PLAIN,
    [LT_STATUS_STRONG] = LT_TONE_BLUE,
};

static const lt_message bases[LT_BASIS_COUNT] = {
    [LT_BASIS_STATED] = LT_MSG_BASIS_STATED,
    [LT_BASIS_INFERRED] = LT_MSG_BASIS_INFERRED,
    [LT_BASIS_ASSUMED] = LT_MSG_BASIS_ASSUMED,
};

static const lt_message stages[] = {
    [LT_STAGE_UPSTREAM] = LT_MSG_STAGE_UPSTREAM,
    [LT_STAGE_MIDSTREAM] = LT_MSG_STAGE_MIDSTREAM,
    [LT_STAGE_DOWNSTREAM] = LT_MSG_STAGE_DOWNSTREAM,
    [LT_STAGE_SUPPORT] = LT_MSG_STAGE_SUPPORT,
};

static const lt_message tiers[] = {
    [LT_TIER_TRADITIONAL] = LT_MSG_TIER_TRADITIONAL,
    [LT_TIER_EMERGING] = LT_MSG_TIER_EMERGING,
    [LT_TIER_FUTURE] = LT_MSG_TIER_FUTURE,
    [LT_TIER_OTHER] = LT_MSG_TIER_OTHER,
};

static const lt_message zone_types[] = {
    [LT_ZONE_ZONE] = LT_MSG_ZONE_TYPE_ZONE,
    [LT_ZONE_COUNTY] = LT_MSG_ZONE_TYPE_COUNTY,
    [LT_ZONE_PARK] = LT_MSG_ZONE_TYPE_PARK,
};

static const lt_message zone_levels[] = {
    [LT_LEVEL_NATIONAL] = LT_MSG_LEVEL_NATIONAL,
    [LT_LEVEL_PROVINCIAL] = LT_MSG_LEVEL_PROVINCIAL,
    [LT_LEVEL_MUNICIPAL] = LT_MSG_LEVEL_MUNICIPAL,
    [LT_LEVEL_COUNTY] = LT_MSG_LEVEL_COUNTY,
};

lt_cell status_cell(lt_status status)
{
    return lt_cell_word(lt_status_word(status), lt_status_message(status), status_tones[status]);
}
lt_cell action_cell(lt_action action)
{
    return lt_cell_word(lt_action_word(action), lt_action_message(action), LT_TONE_PLAIN);
}
lt_cell basis_cell(lt_basis basis)
{
    return lt_cell_word(lt_enum_word(LT_ENUM_BASIS, basis), bases[basis], LT_TONE_PLAIN);
}

static lt_cell given_cell(lt_enum of, uint8_t value, const lt_message *messages)
{
    const char *word = lt_enum_word(of, value);
    return word ? lt_cell_word(word, messages[value], LT_TONE_PLAIN) : lt_cell_null();
}

lt_cell stage_cell(uint8_t stage)
{
    return given_cell(LT_ENUM_STAGE, stage, stages);
}
lt_cell tier_cell(uint8_t tier)
{
    return given_cell(LT_ENUM_TIER, tier, tiers);
}
lt_cell zone_type_cell(uint8_t type)
{
    return given_cell(LT_ENUM_ZONE, type, zone_types);
}
lt_cell zone_level_cell(uint8_t level)
{
    return given_cell(LT_ENUM_LEVEL, level, zone_levels);
}
