/* Held and offered seats in the words of the tests: asking, seeing, moving time on in the database, and what was told. */
#ifndef HV_TESTS_SERVICE_ENROLMENT_SEATS_H
#define HV_TESTS_SERVICE_ENROLMENT_SEATS_H
#include "tests/service/enrolment/rig.h"

#define STATE_SEATED    ENROLMENT__STATE__STATE_SEATED
#define STATE_QUEUED    ENROLMENT__STATE__STATE_QUEUED
#define STATE_CANCELLED ENROLMENT__STATE__STATE_CANCELLED
#define STATE_HELD      ENROLMENT__STATE__STATE_HELD
#define STATE_OFFERED   ENROLMENT__STATE__STATE_OFFERED

#define ANSWER_ACCEPT  ENROLMENT__ANSWER_OFFER_REQUEST__KIND__ACCEPT
#define ANSWER_DECLINE ENROLMENT__ANSWER_OFFER_REQUEST__KIND__DECLINE
#define ANSWER_PASS    ENROLMENT__ANSWER_OFFER_REQUEST__KIND__PASS

/* A programme as rig_programme makes it, with these columns set besides: "hold_minutes = 15". */
struct world seats_programme(struct rig *rig, const struct programme_plan *plan, const char *columns);

struct answer seats_hold(struct rig *rig, const struct world *world, size_t implementation, struct uuid person, const char *key);
struct answer seats_confirm(struct rig *rig, const Enrolment__Registration *r, int64_t received_us); /* received_us 0: now */
struct answer seats_cancel(struct rig *rig, const Enrolment__Registration *r);                       /* by its person */
struct answer seats_answer(struct rig *rig, const Enrolment__Registration *r, Enrolment__AnswerOfferRequest__Kind kind,
                           int64_t received_us);
const Enrolment__Registration *seats_seen(struct rig *rig, const Enrolment__Registration *r); /* as its person sees it now */
Enrolment__State seats_state(struct rig *rig, const Enrolment__Registration *r);
/* Its time runs out `us` from now (negative: has run out); returns the moment. */
int64_t seats_due_in(struct rig *rig, const Enrolment__Registration *r, int64_t us);
/* Until the tick has made this of it; fails after ten seconds. */
void seats_until(struct rig *rig, const Enrolment__Registration *r, Enrolment__State state);
/* The types of the events about it, in order: "Held SeatTaken". */
const char *seats_told(struct rig *rig, const Enrolment__Registration *r);
/* The latest event about it, decoded; `type` without package and version. Free with protobuf_c_message_free_unpacked. */
ProtobufCMessage *seats_event(struct rig *rig, const Enrolment__Registration *r, const char *type,
                              const ProtobufCMessageDescriptor *descriptor);
/* "taken held waiting" of the implementation, then of the programme; and the same as the rows say, which must be equal. */
const char *seats_counts(struct rig *rig, const struct world *world, size_t implementation);

#endif
