/* hv, the operator's command line: a table of commands. Each speaks to the gateway's HTTP interface with the operator's own
 * token; only migrate and up touch the database. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "services/hv/commands.h"

static const struct command {
    const char *name, *what;
    int (*run)(int argc, char **argv);
} COMMANDS[] = {
#ifdef HV_WITH_UP
    {"up", "start everything on this machine, and show it at work", up_main},
#endif
    {"migrate", "bring the database to this version; make the first admin", migrate_main},
    {"import", "read a programme from a file: shows first what it would do, asks before it changes one", import_main},
    {"health", "how every service is", health_main},
    {"events", "list what a service's event streams hold, or follow them", events_main},
    {"replay", "let a service apply the events of a stream again", replay_main},
    {"dead", "show the events a service could not apply, and try one again", dead_main},
    {"letters", "show what became of the messages of an event, to a person, or in a state", letters_main},
    {"bounce", "take a mail that came back from a mail server's pipe", bounce_main},
    {"reseal", "seal sensitive answers with the newest key, after a new one was added", reseal_main},
    {"verify", "check the order of enrolment: a chain, a receipt", verify_main},
    {"account", "accounts and API tokens: sign-in, create, list, set, token, revoke", account_main},
};
#define COMMAND_COUNT (sizeof COMMANDS / sizeof COMMANDS[0])

static void help(FILE *out)
{
    fputs("hv " HV_VERSION ": the command line of Hakuväylä\n\nUsage: hv COMMAND [OPTION]...\n\n", out);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-8s %s\n", COMMANDS[i].name, COMMANDS[i].what);
    fputs("\n`hv COMMAND --help` explains a command with an example. Every command knows\n"
          "  --json             answers for scripts\n"
          "  --url URL          the gateway [HV_URL, or http://127.0.0.1:8080]\n"
          "  --token-file FILE  an API token [the variable HV_TOKEN]; `hv account sign-in` makes one\n"
          "\nExit status: 0 yes, 1 the answer is no, 2 wrong usage, 3 nobody answered.\n",
          out);
}

int main(int argc, char **argv)
{
    if (sodium_init() < 0) {
        fputs("hv: libsodium does not start\n", stderr);
        return HV_UNREACHED;
    }
    if (argc >= 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0)) {
        help(stdout);
        return HV_YES;
    }
    if (argc >= 2 && strcmp(argv[1], "--version") == 0) {
        puts(HV_VERSION);
        return HV_YES;
    }
    for (size_t i = 0; argc >= 2 && i < COMMAND_COUNT; i++)
        if (strcmp(argv[1], COMMANDS[i].name) == 0)
            return COMMANDS[i].run(argc - 1, argv + 1);
    if (argc >= 2)
        fprintf(stderr, "hv: there is no command \"%s\"\n\n", argv[1]);
    help(stderr);
    return HV_USAGE;
}
