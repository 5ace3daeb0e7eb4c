/* ExportDecisions, ExportApplications, ExportPayments (officials) and ExportGrants (public: the act on discretionary government
 * transfers, 688/2001, 32 a-e s.): a whole list of a call as a file for a spreadsheet program, in the reader's language. A list that does
 * not fit into one answer is refused with what to do instead, never cut. */
#include <stdlib.h>

#include "services/funding/document/export_sheet.h"
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/seen_application.h"
#include "services/funding/handler/who.h"
#include "services/funding/store/export.h"

#define FILE_MAX (300 * 1024) /* bytes that fit into one reply */

static enum err needs(struct job *job, struct workset *w, enum export_list list)
{
    const Funding__ExportRequest *request = (const Funding__ExportRequest *)job->message;
    struct uuid theme = {{0}};
    enum err err = list == EXPORT_GRANTS ? ERR_OK : who_official(job);

    if (err == ERR_OK)
        err = check_range(job, "format", (int64_t)request->format, FUNDING__EXPORT_REQUEST__FORMAT__XLSX,
                          FUNDING__EXPORT_REQUEST__FORMAT__CSV);
    if (err == ERR_OK)
        err = check_id_or(job, "themeId", &request->theme_id, theme, &theme);
    if (err == ERR_OK)
        err = call_want_request(job, w, &request->call_id, CALL_READ);
    if (err == ERR_OK)
        export_want(w, job, list, call_asked(w, job)->id, theme);
    return err;
}

static void refuse_long(struct job *job, const char *fact, uint64_t most)
{
    (void)job_fail(job, ERR_REFUSED, "funding.export.long", NULL,
                   "Luettelo on liian pitkä yhdeksi tiedostoksi: pyydä se teema kerrallaan, tai xlsx-muodossa, joka on tiiviimpi",
                   "Listan är för lång för en fil: begär den ett tema i taget, eller i xlsx-format, som tar mindre plats",
                   "The list is too long for one file: ask for it one theme at a time, or as xlsx, which is more compact");
    fact_number(job, fact, most);
}

static int in_order(const void *a, const void *b)
{
    const struct export_row *const *x = a, *const *y = b;
    const int order = export_order(*x, *y);

    return order != 0 ? order : *x < *y ? -1 : 1; /* else as they were loaded: they lie in one array */
}

static const struct export_row *ordered(struct arena *arena, const struct export_row *rows, size_t count)
{
    const struct export_row **all = arena_array(arena, count + 1, sizeof *all);
    struct export_row *out = arena_array(arena, count + 1, sizeof *out);

    for (size_t i = 0; i < count; i++)
        all[i] = &rows[i];
    if (count > 0)
        qsort(all, count, sizeof *all, in_order);
    for (size_t i = 0; i < count; i++)
        out[i] = *all[i];
    return out;
}

static void answer(struct job *job, const struct workset *w, const struct call *call, const struct export_ask *ask)
{
    const bool csv = ((const Funding__ExportRequest *)job->message)->format == FUNDING__EXPORT_REQUEST__FORMAT__CSV;
    const struct export_of of = {
        .list = ask->list, .call = call, .theme_id = ask->theme_id, .rows = ordered(w->arena, ask->rows, ask->count), .count = ask->count};
    const struct sheet *sheet = export_sheet(w->arena, &of, job->request->language);
    Bus__File *file = arena_alloc(job->arena, sizeof *file);
    struct buf bytes = {.data = NULL};
    enum err err = ERR_OK;

    if (csv)
        sheet_csv(sheet, &bytes);
    else
        err = sheet_xlsx(sheet, &bytes);
    if (err != ERR_OK)
        (void)job_fail(job, err, NULL, NULL, NULL, NULL, NULL);
    else if (bytes.len > FILE_MAX)
        refuse_long(job, "mostBytes", FILE_MAX);
    else {
        const struct span copy = arena_copy(job->arena, buf_span(&bytes));

        bus__file__init(file);
        file->name = arena_printf(job->arena, "%s-%s.%s", call->code, export_name(ask->list), csv ? "csv" : "xlsx");
        file->media_type =
            (char *)(uintptr_t)(csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        file->content = (ProtobufCBinaryData){copy.len, (uint8_t *)(uintptr_t)copy.data};
        job_answer(job, &file->base, 0);
    }
    buf_fini(&bytes);
}

/* Payments have accounts and references of banks in them: an evaluator, often from outside, has no use for them. */
static bool is_hidden(struct job *job, const struct call *call, enum export_list list)
{
    if (list != EXPORT_PAYMENTS || official_handles(job, call))
        return false;
    (void)job_fail(job, ERR_FORBIDDEN, "funding.export.evaluator", NULL,
                   "Maksuluettelo tilinumeroineen on haun valmistelijoille, esittelijöille ja päättäjille",
                   "Betalningslistan med kontonummer är för utlysningens beredare, föredragande och beslutsfattare",
                   "The list of payments with its accounts is for those who prepare, present and decide in the call");
    return true;
}

static void decide(struct job *job, struct workset *w)
{
    const struct call *call = call_visible(job, w);
    const struct export_ask *ask = export_asked(w, job);

    if (call == NULL)
        return;
    if (ask->list != EXPORT_GRANTS && !official_sees(job, call)) {
        (void)job_fail(job, ERR_FORBIDDEN, "funding.call.not-official", NULL, "Et ole tämän haun virkahenkilö",
                       "Du är inte tjänsteperson i denna utlysning", "You are no official of this call");
        return;
    }
    if (is_hidden(job, call, ask->list))
        return;
    if (!uuid_is_nil(ask->theme_id) && call_theme(call, ask->theme_id) == NULL)
        (void)fail_absent(job, "themeId");
    else if (ask->count > EXPORT_ROWS_MAX)
        refuse_long(job, "mostRows", EXPORT_ROWS_MAX);
    else
        answer(job, w, call, ask);
}

enum err export_decisions_needs(struct job *job, struct workset *w)
{
    return needs(job, w, EXPORT_DECISIONS);
}

void export_decisions_decide(struct job *job, struct workset *w)
{
    decide(job, w);
}

enum err export_applications_needs(struct job *job, struct workset *w)
{
    return needs(job, w, EXPORT_APPLICATIONS);
}

void export_applications_decide(struct job *job, struct workset *w)
{
    decide(job, w);
}

enum err export_payments_needs(struct job *job, struct workset *w)
{
    return needs(job, w, EXPORT_PAYMENTS);
}

void export_payments_decide(struct job *job, struct workset *w)
{
    decide(job, w);
}

enum err export_grants_needs(struct job *job, struct workset *w)
{
    return needs(job, w, EXPORT_GRANTS);
}

void export_grants_decide(struct job *job, struct workset *w)
{
    decide(job, w);
}
