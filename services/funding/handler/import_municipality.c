/* ImportMunicipality: a whole municipality from one message, new or in the place of the one with the same code: its boards and who sits on
 * them, officials, dimensions, where its numbering goes on from. A dry run says what it would do and what is missing, and changes nothing.
 * An admin may, and whoever is its secretary; a new one is an admin's to make. If-Match is not needed, and held where it is given. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/municipal_who.h"
#include "services/funding/handler/municipality_message.h"
#include "services/funding/handler/who.h"
#include "services/funding/store/municipality.h"

enum err import_municipality_needs(struct job *job, struct workset *w)
{
    const Municipal__ImportMunicipalityRequest *request = (const Municipal__ImportMunicipalityRequest *)job->message;
    enum err err = who_has(job, (uint32_t)(BUS__ROLE__ROLE_SECRETARY | BUS__ROLE__ROLE_ADMIN));

    if (err == ERR_OK)
        err = municipality_content_check(job, request->municipality);
    if (err == ERR_OK)
        (void)municipality_want_code(w, job, request->municipality->code, true);
    return err;
}

static bool refuse_who(struct job *job, const struct municipality *before)
{
    if (who_is(job, BUS__ROLE__ROLE_ADMIN))
        return false;
    if (before != NULL)
        return !municipal_may(job, before, OFFICE_SECRETARY);
    (void)job_fail(job, ERR_FORBIDDEN, "municipal.municipality.new", NULL, "Uuden kunnan perustaa pääkäyttäjä: pyydä sitä häneltä",
                   "En ny kommun läggs upp av en administratör: be en administratör om det",
                   "A new municipality is made by an admin: ask one");
    return true;
}

/* Numbering that has begun goes on from where it is, whatever the file says it began from. */
static void keep_numbering(const struct municipality *before, struct municipality *after)
{
    if (strcmp(before->series, after->series) == 0 && before->last_number > 0)
        after->last_number = before->last_number;
    for (size_t i = 0; i < after->board_count; i++) {
        const struct board *was = municipality_board(before, after->boards[i].id);
        if (was != NULL && was->last_section > 0)
            after->boards[i].last_section = was->last_section;
    }
}

static void answer(struct job *job, const struct municipality *after, bool created, bool changed, const struct findings *findings)
{
    Municipal__MunicipalityReport *report = arena_alloc(job->arena, sizeof *report);

    municipal__municipality_report__init(report);
    report->municipality = municipality_message(job->arena, after, true);
    report->created = created;
    report->changed = changed;
    report->findings = findings_messages(job->arena, findings, &report->n_findings);
    job_answer(job, &report->base, (uint64_t)after->version);
}

/* What is missing in it, and what it may not change; numbering goes on from where it is. */
static void check(const struct municipality *before, struct municipality *after, struct findings *findings)
{
    municipality_check(after, findings);
    if (before == NULL)
        return;
    municipality_check_change(before, after, findings);
    keep_numbering(before, after);
}

static void store(struct workset *w, const struct municipality *before, const struct municipality *after)
{
    if (before == NULL)
        municipality_add(w, after);
    else
        municipality_put(w, after);
}

void import_municipality_decide(struct job *job, struct workset *w)
{
    const Municipal__ImportMunicipalityRequest *request = (const Municipal__ImportMunicipalityRequest *)job->message;
    const struct municipality *before = municipality_found(w, job);
    struct municipality *after = municipality_build(w->arena, request->municipality);
    struct findings *findings = arena_alloc(job->arena, sizeof *findings);

    if (refuse_who(job, before))
        return;
    if (job->request->if_match != 0 && check_version(job, before != NULL ? (uint64_t)before->version : 0) != ERR_OK)
        return;
    check(before, after, findings);
    if (!request->dry_run && findings_refuse(job, findings))
        return;
    const bool changed = before == NULL || !municipality_same(before, after), stored = changed && !request->dry_run;
    if (before != NULL)
        after->version = before->version + stored;
    if (stored)
        store(w, before, after);
    answer(job, after, before == NULL, changed, findings);
}
