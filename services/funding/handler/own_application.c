/* See own_application.h. */
#include "services/funding/handler/own_application.h"

#include <string.h>

#include "services/funding/handler/tell_application.h"
#include "services/funding/store/register.h"

enum err own_application_id(struct job *job, const ProtobufCBinaryData *id, struct uuid *out)
{
    const enum err err = who_applies(job);

    return err == ERR_OK ? check_id(job, "applicationId", id, out) : err;
}

struct application *own_application(struct job *job, struct workset *w)
{
    struct application *a = application_found(w, job);

    if (a != NULL && uuid_compare(a->owner_id, job->actor) == 0)
        return a;
    (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    return NULL;
}

bool own_application_in_time(struct job *job, const struct call *call)
{
    const int64_t received_us = job->request->received_us;

    if (call->state == CALL_PUBLISHED && application_in_time(call, received_us))
        return true;
    if (call->state != CALL_PUBLISHED)
        (void)job_fail(job, ERR_REFUSED, "funding.application.call-ended", NULL, "Haku ei ole voimassa: kysy lisää haun yhteystiedoista",
                       "Utlysningen är inte i kraft: fråga mera hos utlysningens kontakt",
                       "The call is not in force: ask the contact of the call for more");
    else if (received_us < call->opens_us)
        (void)job_fail(job, ERR_REFUSED, "funding.application.not-open", NULL, "Haku ei ole vielä alkanut: odota sen alkamista",
                       "Utlysningen har inte öppnat ännu: vänta tills den öppnar", "The call has not opened yet: wait until it opens");
    else
        (void)job_fail(job, ERR_REFUSED, "funding.application.closed", NULL,
                       "Haku on päättynyt: hakemusta ei voi enää jättää; hae seuraavassa haussa",
                       "Utlysningen är stängd: ansökan kan inte längre lämnas in; sök i nästa utlysning",
                       "The call has closed: an application can no longer be submitted; apply in the next call");
    fact_time(job, "opensAt", call->opens_us);
    fact_time(job, "closesAt", call->closes_us);
    fact_time(job, "receivedAt", received_us);
    return false;
}

static void refuse_state(struct job *job, const struct application *a)
{
    if (a->state == APPLICATION_LAPSED)
        (void)job_fail(job, ERR_REFUSED, "funding.application.lapsed", NULL,
                       "Haku on päättynyt tai peruttu, ja hakemus raukesi: hae seuraavassa haussa",
                       "Utlysningen är stängd eller återkallad, och ansökan har förfallit: sök i nästa utlysning",
                       "The call has closed or was called off, and the application has lapsed: apply in the next call");
    else
        (void)job_fail(job, ERR_REFUSED, "funding.application.submitted", NULL,
                       "Hakemus ei ole enää luonnos: sitä voi muuttaa vain, kun täydennystä pyydetään",
                       "Ansökan är inte längre ett utkast: den kan ändras endast när komplettering begärs",
                       "The application is not a draft any more: it can be changed only when a supplement is requested");
    job_fact(job, "state", machine_state(MACHINE_APPLICATION, (int)a->state));
}

bool own_application_writable(struct job *job, const struct application *a, const struct call *call)
{
    if (!application_writable(a->state)) {
        refuse_state(job, a);
        return false;
    }
    return a->state == APPLICATION_TO_SUPPLEMENT || own_application_in_time(job, call);
}

static const char *language_of(const char *written, const char *otherwise)
{
    static const char *const LANGUAGES[] = {"fi", "sv", "en"};

    for (size_t i = 0; i < sizeof LANGUAGES / sizeof *LANGUAGES; i++)
        if (strcmp(written, LANGUAGES[i]) == 0)
            return LANGUAGES[i];
    return otherwise != NULL && *otherwise != '\0' ? otherwise : "fi";
}

void own_application_write(struct workset *w, struct application *a, const Funding__Content *message, const struct content *content,
                           const struct call *call, bool columns)
{
    const struct consortium_sums sums = consortium_sum(&content->consortium);

    a->content = content_pack(w->arena, message);
    if (!columns)
        return;
    a->theme_id = call_theme(call, content->theme_id) != NULL ? content->theme_id : (struct uuid){.b = {0}};
    a->language = language_of(content->language, a->language);
    a->title = content->title;
    a->lead_name = content->consortium.partner_count > 0 ? content->consortium.partners[0].name : "";
    a->total_cents = sums.overflow ? 0 : sums.lines > sums.shares ? sums.lines : sums.shares;
    a->applied_cents = sums.overflow ? 0 : sums.grant;
}

/* What was asked to be supplemented is what was submitted: it does not become another application after the call has closed. */
static void find_supplement(const struct application *a, const struct content *content, struct findings *findings)
{
    const struct consortium_sums sums = consortium_sum(&content->consortium);

    if (uuid_compare(a->theme_id, content->theme_id) != 0)
        finding_error(findings, "funding.application.supplement-theme",
                      FINDING_TEXT("Teemaa ei voi vaihtaa täydennyksessä: palauta alkuperäinen",
                                   "Temat kan inte bytas i en komplettering: återställ det ursprungliga",
                                   "The theme cannot be changed in a supplement: put back the one submitted"),
                      "content.themeId");
    if (!sums.overflow && sums.grant > a->applied_cents)
        finding_error(findings, "funding.application.supplement-more",
                      FINDING_TEXT("Täydennyksessä ei voi hakea enempää kuin hakemuksessa",
                                   "I en komplettering kan man inte söka mera än i ansökan",
                                   "A supplement cannot apply for more than was applied for"),
                      "content.shares");
}

void own_application_findings(const struct application *a, const struct content *content, const struct call *call,
                              struct findings *findings)
{
    application_check(content, call, findings);
    if (a->state == APPLICATION_TO_SUPPLEMENT)
        find_supplement(a, content, findings);
}

static void sign_receipt(struct application *a)
{
    const struct hash hash = hash_sha256(&a->content, 1);

    hash_hex(&hash, a->receipt);
}

void own_application_submit(struct job *job, struct workset *w, struct application *a, const Funding__Content *message,
                            const struct content *content, const struct call *call)
{
    const bool again = a->state == APPLICATION_TO_SUPPLEMENT;

    own_application_write(w, a, message, content, call, true);
    sign_receipt(a);
    if (!again) {
        a->register_number = register_take(w, call->series);
        a->submitted_us = job->request->received_us;
    }
    application_submit(w, a, &content->consortium, again ? "supplemented" : "submitted", job->actor);
    tell_application_contacts(w, job, a, &content->consortium);
    tell_application_submitted(w, job, a, call, &content->consortium, again);
}
