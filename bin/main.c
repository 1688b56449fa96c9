/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdlib.h>

#include "program.h"

static int run(program *p)
{
    if (p->args.version) {
        printf("liantu %s\n", LIANTU_VERSION);
        return EXIT_DONE;
    }
    return p->args.help ? print_help(p) : p->command->run(p);
}

/* What help and version wrote has to arrive too. */
static int flush_standard_output(const program *p, int code)
{
    output out = {.program = p, .file = stdout};
    return code == EXIT_DONE ? close_output(&out, code) : code;
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write like another */
    program p = {0};
    int code = read_arguments(&p, argc, argv);
    if (code == EXIT_DONE) code = run(&p);
    code = flush_standard_output(&p, code);
    lt_dataset_free(p.dataset);
    lt_rules_free(p.rules);
    free(p.data_folder);
    free_arguments(&p);
    return code;
}
