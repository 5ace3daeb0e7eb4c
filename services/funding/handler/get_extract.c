/* GetExtract: the minutes of one section as they were published, as tagged PDF or as HTML, for everybody. Names of people are in them until
 * the day that the minutes say; from then on the public reads the bare ones, officials of the municipality and the applicant still the
 * others (kuntalaki 410/2015, 140 §). */
#include "common/base/workday.h"
#include "municipal.pb-c.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/minutes_message.h"
#include "services/funding/handler/municipal_who.h"
#include "services/funding/store/municipality.h"

static bool wants_pdf(const struct job *job)
{
    return ((const Municipal__GetExtractRequest *)job->message)->form != MUNICIPAL__GET_EXTRACT_REQUEST__FORM__HTML;
}

enum err get_extract_needs(struct job *job, struct workset *w)
{
    const Municipal__GetExtractRequest *request = (const Municipal__GetExtractRequest *)job->message;
    struct uuid id = {{0}};
    enum err err =
        check_range(job, "form", request->form, MUNICIPAL__GET_EXTRACT_REQUEST__FORM__PDF, MUNICIPAL__GET_EXTRACT_REQUEST__FORM__HTML);

    if (err == ERR_OK)
        err = check_id(job, "itemId", &request->item_id, &id);
    if (err != ERR_OK)
        return err;
    (void)extract_want(w, job, id, wants_pdf(job));
    (void)municipality_want(w, job, MUNICIPALITY_BY_ITEM, id);
    return ERR_OK;
}

static bool reads_names(const struct job *job, const struct workset *w, const struct extract_found *found)
{
    if (helsinki_day(w->now_us) <= found->extract.names_until)
        return true;
    return (!uuid_is_nil(job->actor) && uuid_compare(found->owner_id, job->actor) == 0) || municipal_sees(job, municipality_found(w, job));
}

void get_extract_decide(struct job *job, struct workset *w)
{
    const struct extract_found *found = extract_found(w, job);

    if (found == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    const struct extract *e = &found->extract;
    const bool names = reads_names(job, w, found), pdf = wants_pdf(job);
    const struct span content = pdf ? (names ? e->pdf : e->bare_pdf) : (names ? e->html : e->bare_html);
    job_answer(job, &minutes_file(job->arena, content, pdf, found->language, found->board_code, found->section, found->year)->base, 0);
}
