/* The rig in the words of those who make and change programmes: one rig a test program, requests as a coordinator, and what the
 * programme, its history and its events say afterwards. A file that includes it has `static struct rig *rig`. */
#ifndef HV_TESTS_SERVICE_ENROLMENT_EDITOR_H
#define HV_TESTS_SERVICE_ENROLMENT_EDITOR_H
#include "tests/service/enrolment/rig.h"

struct answer editor_ask(struct rig *rig, const char *method, const ProtobufCMessage *message, uint64_t if_match);
/* The answer must be a programme. */
const Enrolment__Programme *editor_programme(struct rig *rig, const char *method, const ProtobufCMessage *message, uint64_t if_match);
const Enrolment__Programme *editor_get(struct rig *rig, struct uuid programme);
/* The newest line of the history; `becomes` of the newest line of that field, "" without one. */
const Enrolment__Change *editor_change(struct rig *rig, struct uuid programme);
const char *editor_becomes(struct rig *rig, struct uuid programme, const char *field);
Bus__Text editor_text(const char *fi);

/* The request fails with this fault, rule and field. */
#define REFUSED(METHOD, MESSAGE, IF_MATCH, ERR, RULE, FIELD)                                                                               \
    do {                                                                                                                                   \
        const struct answer refused_ = editor_ask(rig, METHOD, MESSAGE, IF_MATCH);                                                         \
        assert_int_equal(refused_.err, ERR);                                                                                               \
        assert_string_equal(refused_.rule, RULE);                                                                                          \
        assert_string_equal(refused_.field, FIELD);                                                                                        \
    } while (0)

#endif
