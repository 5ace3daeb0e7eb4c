/* See decision_case.h. */
#include "services/funding/handler/decision_case.h"

#include "common/base/hash.h"
#include "common/base/workday.h"
#include "services/funding/document/letter_html.h"
#include "services/funding/document/letter_pdf.h"
#include "services/funding/document/letter_words.h"
#include "services/funding/domain/answer_time.h"
#include "services/funding/domain/reason.h"
#include "services/funding/domain/review_instruction.h"
#include "services/funding/handler/content.h"

#define T FINDING_TEXT

/* The first official of the call in this role without a conflict of interest in the application. */
static const struct call_official *first_official(const struct call *call, const struct evaluation_ask *evaluations,
                                                  struct uuid application, enum official_role role)
{
    for (size_t i = 0; i < call->official_count; i++) {
        const struct call_official *o = &call->officials[i];

        if (o->role == role && conflict_of(evaluations, application, o->person_id) == NULL)
            return o;
    }
    return NULL;
}

const struct call_official *decision_presented(const struct call *call, const struct evaluation_ask *evaluations,
                                               const struct application *application, const struct assessment *assessment)
{
    if (!assessment_presented(assessment, application->submitted_version) ||
        conflict_of(evaluations, application->id, assessment->presented_by) != NULL)
        return NULL;
    return call_official(call, assessment->presented_by, OFFICIAL_PRESENTER);
}

void decision_case_presenter(struct decision_case *c, const struct evaluation_ask *evaluations)
{
    c->presenter = decision_presented(c->call, evaluations, c->application, &c->assessment);
    c->unpresented = c->presenter == NULL;
    if (c->unpresented)
        c->presenter = first_official(c->call, evaluations, c->application->id, OFFICIAL_PRESENTER);
}

const struct call_official *decision_decider(const struct call *call, const struct evaluation_ask *evaluations, struct uuid application,
                                             struct uuid reader)
{
    const struct call_official *found = call_official(call, reader, OFFICIAL_DECIDER);

    return found != NULL ? found : first_official(call, evaluations, application, OFFICIAL_DECIDER);
}

void decision_case_conflict(struct findings *findings)
{
    finding_error(findings, "funding.decision.conflict",
                  T("Olet esteellinen tämän hakemuksen käsittelyssä: siitä päättää haun toinen päättäjä",
                    "Du är jävig när det gäller denna ansökan: en annan beslutsfattare i utlysningen avgör den",
                    "You have a conflict of interest in this application: another decision-maker of the call decides on it"),
                  "applicationIds");
}

static void people_findings(const struct decision_case *c, struct findings *findings)
{
    if (c->presenter == NULL && c->corrects == NULL)
        finding_error(findings, "funding.decision.presenter",
                      T("Haulla ei ole esittelijää, joka voi esitellä tämän hakemuksen: nimeä esittelijä, joka ei ole esteellinen",
                        "Utlysningen har ingen föredragande som kan föredra denna ansökan: utse en som inte är jävig",
                        "The call has no presenting official who may present this application: name one without a conflict of interest"),
                      "officials");
    if (c->unpresented && assessment_chosen(&c->assessment))
        finding_error(findings, "funding.decision.not-presented",
                      T("Esittelijä ei ole esitellyt ratkaisua sellaisena kuin se nyt on: esittele se ennen lähettämistä",
                        "Föredraganden har inte föredragit avgörandet i dess nuvarande form: föredra det innan det sänds",
                        "No presenting official has presented the outcome as it is now: present it before it is sent"),
                      "applicationIds");
    if (c->decider == NULL)
        finding_error(findings, "funding.decision.decider",
                      T("Haulla ei ole päättäjää, joka voi päättää tästä hakemuksesta: nimeä päättäjä",
                        "Utlysningen har ingen beslutsfattare som kan avgöra denna ansökan: utse en",
                        "The call has no decision-maker who may decide on this application: name one"),
                      "officials");
    if (c->decider_conflicts)
        decision_case_conflict(findings);
}

void decision_case_findings(const struct decision_case *c, const struct proposed *proposed, struct findings *findings)
{
    people_findings(c, findings);
    assessment_findings(&c->assessment, c->call, c->application->applied_cents, c->consortium, proposed, findings);
}

/* --- the decision ------------------------------------------------------------------------------------------------------ */
/* The ready reasons and the official's own, a line each. A grant in full says so where nothing else is said. */
static const char *reasons_of(struct arena *arena, const struct assessment *a, enum letter_language language)
{
    static const struct text IN_FULL = {.fi = "Hakemus täyttää haun ehdot, ja avustus myönnetään haetun suuruisena.",
                                        .sv = "Ansökan uppfyller utlysningens villkor, och understödet beviljas till det sökta beloppet.",
                                        .en = "The application meets the terms of the call, and the grant is made as applied for."};
    const char *all = "";

    for (size_t i = 0; i < a->reason_count; i++) {
        const struct reason *reason = reason_find(a->reasons[i]);

        if (reason != NULL)
            all = arena_printf(arena, "%s%s%s", all, *all != '\0' ? "\n" : "", letter_in(reason->text, language));
    }
    if (*a->own_reasons != '\0')
        all = arena_printf(arena, "%s%s%s", all, *all != '\0' ? "\n" : "", a->own_reasons);
    return *all != '\0' ? all : letter_in(IN_FULL, language);
}

static const char *terms_of(struct arena *arena, const struct call *call, const char *own, enum letter_language language)
{
    const char *terms = letter_in(call->terms, language);

    return *own != '\0' ? arena_printf(arena, "%s%s%s", terms, *terms != '\0' ? "\n" : "", own) : terms;
}

/* A rejection has the same rows with nothing in them: whom it is about, and what they had planned. */
static void make_rows(struct arena *arena, const struct decision_case *c, struct decision *d)
{
    const struct consortium *rows = c->consortium;
    const struct assessment *a = &c->assessment;

    d->partner_count = rows->partner_count;
    d->partners = arena_array(arena, d->partner_count, sizeof *d->partners);
    for (size_t i = 0; i < d->partner_count; i++)
        d->partners[i] = (struct decision_partner){.business_id = rows->partners[i].business_id,
                                                   .name = rows->partners[i].name,
                                                   .cents = d->granted && i < a->partner_count ? a->partner_cents[i] : 0};
    d->line_count = rows->line_count;
    d->lines = arena_array(arena, d->line_count, sizeof *d->lines);
    for (size_t i = 0; i < d->line_count; i++)
        d->lines[i] = (struct decision_line){.category = rows->lines[i].category,
                                             .title = rows->lines[i].title,
                                             .applied_cents = rows->lines[i].cents,
                                             .accepted_cents = d->granted && i < a->line_count ? a->line_cents[i] : 0};
}

void decision_case_make(struct arena *arena, struct decision_case *c, int64_t now_us)
{
    const struct assessment *a = &c->assessment;
    const enum letter_language language = letter_language(c->application->language);
    const int64_t today = helsinki_day(now_us);
    const struct review_instruction *review = review_instruction_for(c->call->authority_kind, today);
    struct decision *d = arena_alloc(arena, sizeof *d);

    *d = (struct decision){.id = uuid_v7(now_us),
                           .call_id = c->call->id,
                           .theme_id = c->application->theme_id,
                           .application_id = c->application->id,
                           .corrects_id = c->corrects != NULL ? c->corrects->id : (struct uuid){{0}},
                           .granted = a->state == ASSESSMENT_GRANT,
                           .own_permille = c->call->own_permille,
                           .purpose = a->purpose,
                           .use_from = NO_DAY,
                           .use_until = NO_DAY,
                           .answer_until = NO_DAY,
                           .reasons = reasons_of(arena, a, language),
                           .terms = terms_of(arena, c->call, a->terms, language),
                           .language = c->application->language,
                           .decided_us = now_us,
                           .decided_by = c->decider->person_id,
                           .presented_by = c->presenter != NULL ? c->presenter->person_id : (struct uuid){{0}},
                           .review_days = review->days,
                           .review_version = review->version,
                           .owner_id = c->application->owner_id,
                           .register_number = c->application->register_number,
                           .title = c->application->title};
    if (d->granted) {
        d->cents = a->cents;
        d->use_from = a->use_from;
        d->use_until = a->use_until;
        d->answer_until = answer_last_day(notice_day(today, NOTICE_ELECTRONIC), c->call->answer_days);
    }
    make_rows(arena, c, d);
    c->decision = d;
}

/* --- its documents ----------------------------------------------------------------------------------------------------- */
enum err decision_case_draw(struct arena *arena, struct decision_case *c, struct pdf_shelf *shelf, bool preview)
{
    const struct letter_facts facts = {.call = c->call,
                                       .decision = c->decision,
                                       .applied_cents = c->application->applied_cents,
                                       .submitted_us = c->application->submitted_us,
                                       .instalments = c->instalments,
                                       .instalment_count = c->instalment_count,
                                       .done = c->done,
                                       .done_count = c->done_count,
                                       .iban = c->content.len > 0 ? content_unpack(arena, c->content)->iban : "",
                                       .presenter = c->presenter,
                                       .decider = c->decider,
                                       .corrects = c->corrects,
                                       .correction = c->correction,
                                       .answered = c->answered,
                                       .preview = preview};
    const struct letter *letter = letter_build(arena, &facts);
    struct buf out = {0};

    letter_html(letter, &out);
    c->decision->html = arena_copy(arena, buf_span(&out));
    buf_clear(&out);
    enum err err = letter_pdf(letter, shelf, &out);
    if (err == ERR_OK && out.len > DECISION_PDF_MAX)
        err = ERR_TOO_LARGE;
    if (err == ERR_OK) {
        c->decision->pdf = arena_copy(arena, buf_span(&out));
        struct hash *hash = arena_alloc(arena, sizeof *hash);
        *hash = hash_sha256(&c->decision->pdf, 1);
        c->decision->sha256 = span_of(hash->b, sizeof hash->b);
    }
    buf_fini(&out);
    return err;
}
