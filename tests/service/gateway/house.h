/* A house with a gateway: hv-gateway as a process, a real database, and the answerer in place of hv-enrolment. */
#ifndef HV_TESTS_SERVICE_GATEWAY_HOUSE_H
#define HV_TESTS_SERVICE_GATEWAY_HOUSE_H
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "answerer.h"
#include "client.h"
#include "tests/support/kit.h"

enum { HOUSE_LIVE_STREAMS = 12 };

struct house {
    struct kit_pg *pg;
    struct seal *seal;
    struct answerer answerer;
    pid_t gateway; /* 0: a test has ended it */
    int http;
    char rpc_url[64], pub_url[64];
    char participant[512], coordinator[512], admin[512]; /* "Authorization: Bearer ...\r\n" */
    char folder[64];
};

int house_up(void **state);        /* everything with its defaults */
int house_up_strict(void **state); /* 1 s of silence, 2 s for a request, 1 s for its answer, HOUSE_LIVE_STREAMS of an address */
int house_up_proxy(void **state);  /* with its defaults, behind a proxy */
int house_up_proof(void **state);  /* with its defaults, and a proof of work with numbers up to 2,000 */
int house_down(void **state);      /* also: the gateway must end by itself, with 0 */
void house_path(char *out, size_t size, const char *format, int programme); /* format has one %s for the programme's id */

#endif
