/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "program.h"

void append_text(char *buffer, size_t size, const char *text)
{
    static const char ellipsis[] = "…";
    size_t used = strlen(buffer), room = size - used;
    if (strlen(text) < room) {
        strcpy(buffer + used, text);
        return;
    }
    size_t head = room > sizeof ellipsis ? room - sizeof ellipsis : 0;
    while (head > 0 && ((unsigned char)text[head] & 0xC0) == 0x80) head--;
    memcpy(buffer + used, text, head);
    buffer[used + head] = '\0';
    if (room >= sizeof ellipsis) strcpy(buffer + used + head, ellipsis);
}

void link_names(const program *p, const uint32_t *links, size_t count, size_t limit, char *buffer, size_t size)
{
    char names[2048] = "";
    for (size_t i = 0; i < count && i < limit; i++) {
        if (i > 0) append_text(names, sizeof names, lt_message_pattern(p->lang, LT_MSG_LIST_SEPARATOR));
        append_text(names, sizeof names, lt_dataset_string(p->dataset, lt_links(p->dataset)[links[i]].head.name));
    }
    buffer[0] = '\0';
    if (count == 0) {
        append_text(buffer, size, lt_message_pattern(p->lang, LT_MSG_WHY_NONE));
    } else if (count > limit) {
        char all[sizeof names + 64];
        lt_message_format(all, sizeof all, p->lang, LT_MSG_WHY_MORE, WORDS(names), 1);
        append_text(buffer, size, all);
    } else {
        append_text(buffer, size, names);
    }
}
