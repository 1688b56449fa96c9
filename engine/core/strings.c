/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/strings.h"

#include <string.h>

#include "core/memory.h"

enum { CHUNK_SIZE = 1 << 16, FIRST_SLOTS = 1 << 10 };

/* FNV-1a, then a finishing mix so that the low bits that pick a slot depend on all of it. */
static uint64_t hash(const char *text, size_t length)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < length; i++) h = (h ^ (unsigned char)text[i]) * 1099511628211u;
    h ^= h >> 32;
    h *= 0x9e3779b97f4a7c15u;
    return h ^ (h >> 29);
}

int lti_strings_init(lti_strings *strings)
{
    *strings = (lti_strings){.text = LTI_ARRAY(const char *), .chunks = LTI_ARRAY(char *)};
    strings->slots = lti_alloc(FIRST_SLOTS, sizeof *strings->slots);
    strings->slot_count = FIRST_SLOTS;
    uint32_t empty;
    if (strings->slots && lti_strings_add(strings, "", 0, &empty) == 0) return 0;
    lti_strings_done(strings);
    return -1;
}

void lti_strings_done(lti_strings *strings)
{
    for (size_t i = 0; i < strings->chunks.count; i++) lti_free(LTI_AT(&strings->chunks, char *, i));
    lti_array_done(&strings->chunks);
    lti_array_done(&strings->text);
    lti_free(strings->slots);
    strings->slots = NULL;
    strings->slot_count = 0;
}

static size_t slot_of(const lti_strings *strings, const char *text, size_t length)
{
    size_t mask = strings->slot_count - 1;
    for (size_t i = hash(text, length) & mask;; i = (i + 1) & mask) {
        uint32_t taken = strings->slots[i];
        if (taken == 0) return i;
        const char *other = lti_strings_at(strings, taken - 1);
        if (strncmp(other, text, length) == 0 && other[length] == '\0') return i;
    }
}

static int grow_slots(lti_strings *strings)
{
    lti_strings wider = *strings;
    wider.slot_count = strings->slot_count * 2;
    wider.slots = lti_alloc(wider.slot_count, sizeof *wider.slots);
    if (!wider.slots) return -1;
    for (size_t i = 0; i < strings->text.count; i++) {
        const char *text = lti_strings_at(strings, (uint32_t)i);
        wider.slots[slot_of(&wider, text, strlen(text))] = (uint32_t)i + 1;
    }
    lti_free(strings->slots);
    *strings = wider;
    return 0;
}

static char *room_for(lti_strings *strings, size_t bytes)
{
    if (bytes > strings->free_size) {
        size_t size = bytes > CHUNK_SIZE ? bytes : CHUNK_SIZE;
        char *chunk = lti_alloc(size, 1);
        char **kept = chunk ? lti_array_push(&strings->chunks, 1) : NULL;
        if (!kept) {
            lti_free(chunk);
            return NULL;
        }
        *kept = chunk;
        strings->free_at = chunk;
        strings->free_size = size;
    }
    char *at = strings->free_at;
    strings->free_at += bytes;
    strings->free_size -= bytes;
    return at;
}

int lti_strings_add(lti_strings *strings, const char *text, size_t length, uint32_t *handle)
{
    size_t slot = slot_of(strings, text, length);
    if (strings->slots[slot] != 0) {
        *handle = strings->slots[slot] - 1;
        return 0;
    }
    if (strings->text.count >= UINT32_MAX - 1) return -1;
    if (strings->text.count * 3 >= strings->slot_count * 2) {
        if (grow_slots(strings) != 0) return -1;
        slot = slot_of(strings, text, length);
    }
    char *copy = room_for(strings, length + 1);
    const char **entry = copy ? lti_array_push(&strings->text, 1) : NULL;
    if (!entry) return -1;
    memcpy(copy, text, length);
    copy[length] = '\0';
    *entry = copy;
    *handle = (uint32_t)strings->text.count - 1;
    strings->slots[slot] = *handle + 1;
    return 0;
}

int lti_strings_find(const lti_strings *strings, const char *text, size_t length, uint32_t *handle)
{
    uint32_t taken = strings->slots[slot_of(strings, text, length)];
    if (taken == 0) return 0;
    *handle = taken - 1;
    return 1;
}
