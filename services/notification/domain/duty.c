/* See duty.h. */
#include "services/notification/domain/duty.h"

enum message_kind duty_reminder(enum duty duty)
{
    switch (duty) {
    case DUTY_ANSWER:
        return KIND_ANSWER_DUE;
    case DUTY_INTERIM:
    case DUTY_FINAL:
        return KIND_REPORT_DUE;
    case DUTY_REPAYMENT:
        return KIND_REPAYMENT_DUE;
    }
    return KIND_REPORT_DUE;
}

bool duty_late(enum duty duty, enum message_kind *out)
{
    switch (duty) {
    case DUTY_ANSWER:
        return false;
    case DUTY_INTERIM:
    case DUTY_FINAL:
        *out = KIND_REPORT_LATE;
        return true;
    case DUTY_REPAYMENT:
        *out = KIND_REPAYMENT_LATE;
        return true;
    }
    return false;
}

bool duty_early(enum duty duty)
{
    return duty == DUTY_INTERIM || duty == DUTY_FINAL;
}

const char *duty_report(enum duty duty)
{
    switch (duty) {
    case DUTY_INTERIM:
        return "interim";
    case DUTY_FINAL:
        return "final";
    case DUTY_ANSWER:
    case DUTY_REPAYMENT:
        break;
    }
    return "";
}
