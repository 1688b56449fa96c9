/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "liantu/message.h"

#include <stdbool.h>
#include <string.h>

static const char *const patterns[LT_MSG_COUNT][LT_LANG_COUNT] = {
#define LT_M(name, zh, en) [LT_MSG_##name] = {zh, en},
#include "liantu/messages.def"
#undef LT_M
};

const char *lt_message_pattern(lt_lang lang, lt_message id)
{
    if ((unsigned)lang >= LT_LANG_COUNT || (unsigned)id >= LT_MSG_COUNT) return "?";
    return patterns[id][lang];
}

/* Where text goes, and how much would have gone. */
typedef struct {
    char *buffer;
    size_t size, needed;
} target;

static void emit(target *to, const char *bytes, size_t length)
{
    if (to->needed + 1 < to->size) {
        size_t room = to->size - 1 - to->needed;
        memcpy(to->buffer + to->needed, bytes, length < room ? length : room);
    }
    to->needed += length;
}

/* Bytes up to the last character that is there whole. */
static size_t whole_characters(const char *text, size_t length)
{
    size_t lead = length;
    while (lead > 0 && ((unsigned char)text[lead - 1] & 0xC0) == 0x80) lead--;
    if (lead == 0) return length;
    unsigned char first = (unsigned char)text[lead - 1];
    size_t wanted = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    return length - (lead - 1) < wanted ? lead - 1 : length;
}

size_t lt_message_format(char *buffer, size_t size, lt_lang lang, lt_message id, const char *const *args, size_t count)
{
    target to = {buffer, size, 0};
    for (const char *at = lt_message_pattern(lang, id); *at != '\0';) {
        bool is_argument = at[0] == '{' && at[1] >= '0' && at[1] <= '9' && at[2] == '}';
        if (is_argument) {
            size_t which = (size_t)(at[1] - '0');
            if (which < count && args[which]) emit(&to, args[which], strlen(args[which]));
            at += 3;
        } else {
            size_t plain = 1 + strcspn(at + 1, "{");
            emit(&to, at, plain);
            at += plain;
        }
    }
    if (size > 0) {
        size_t written = to.needed < size ? to.needed : size - 1;
        buffer[written] = '\0';
        if (written < to.needed) buffer[whole_characters(buffer, written)] = '\0';
    }
    return to.needed;
}
