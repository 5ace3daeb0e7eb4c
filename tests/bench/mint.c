/* mint KEYFILE COUNT [coordinator|applicant|preparer|presenter|decider]: a line for each of COUNT fictitious participants (or those):
 * account id, API token, both made with the gateway's own arithmetic from its session key, so that a benchmark signs in as many people as
 * it likes without waiting for argon2id. The ids are the same for the same number, so people stored once serve every run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sodium.h>

#include "common/base/time.h"
#include "common/base/uuid.h"
#include "envelope.pb-c.h"
#include "services/gateway/auth/token.h"

/* 0: no such role. */
static uint32_t role_of(const char *name)
{
    static const struct {
        const char *name;
        Bus__Role role;
    } ROLES[] = {{"participant", BUS__ROLE__ROLE_PARTICIPANT}, {"coordinator", BUS__ROLE__ROLE_COORDINATOR},
                 {"applicant", BUS__ROLE__ROLE_APPLICANT},     {"preparer", BUS__ROLE__ROLE_PREPARER},
                 {"presenter", BUS__ROLE__ROLE_PRESENTER},     {"decider", BUS__ROLE__ROLE_DECIDER}};

    for (size_t i = 0; i < sizeof ROLES / sizeof *ROLES; i++)
        if (strcmp(ROLES[i].name, name) == 0)
            return (uint32_t)ROLES[i].role;
    return 0;
}

int main(int argc, char **argv)
{
    const uint32_t roles = role_of(argc == 4 ? argv[3] : "participant");
    char hex[65] = "";
    unsigned char key[32];
    size_t len = 0;
    FILE *file = argc == 3 || argc == 4 ? fopen(argv[1], "r") : NULL;

    if (file == NULL || roles == 0 || fscanf(file, "%64[0-9a-f]", hex) != 1 ||
        sodium_hex2bin(key, sizeof key, hex, 64, NULL, &len, NULL) != 0) {
        fprintf(stderr, "usage: mint SESSION_KEY_FILE COUNT [coordinator|applicant|preparer|presenter|decider]\n");
        return 2;
    }
    const struct sign_keys keys = sign_keys_from(span_of(key, len));
    const struct uuid space = uuid_from((struct uuid){{0}}, span_text("hakuvayla bench"));
    const int64_t now = time_now_us();
    for (long i = 0; i < strtol(argv[2], NULL, 10); i++) {
        char name[24], id[UUID_TEXT], token[TOKEN_TEXT];
        snprintf(name, sizeof name, "%ld", i);
        const struct credential credential = {.id = uuid_v7(now),
                                              .account = uuid_from(space, span_text(name)),
                                              .roles = roles,
                                              .issued_us = now,
                                              .expires_us = now + TIME_DAY};
        uuid_format(credential.account, id);
        token_text(&keys, &credential, token);
        printf("%s %s\n", id, token);
    }
    fclose(file);
    return 0;
}
