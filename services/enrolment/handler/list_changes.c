/* ListChanges: the history of a programme, newest first: who changed what and why. Staff only. A page ends early when it would not fit
 * into a reply. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/page.h"
#include "services/enrolment/store/change.h"

enum { KEY = 4 }; /* a page's key is the number of its last line, four bytes */

static uint32_t number_of(struct span key)
{
    uint32_t n = 0;

    for (size_t i = 0; i < key.len; i++)
        n = n << 8 | key.data[i];
    return n;
}

static char *token_after(struct arena *arena, uint32_t n)
{
    const uint8_t key[KEY] = {(uint8_t)(n >> 24), (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n};
    return page_token(arena, span_of(key, sizeof key));
}

static enum err read_page(struct job *job, struct page *page)
{
    const Enrolment__ListChangesRequest *request = (const Enrolment__ListChangesRequest *)job->message;
    return page_read(job, &request->programme_id, request->page_size, request->page_token, KEY, KEY, page);
}

enum err list_changes_needs(struct job *job, struct workset *w)
{
    struct page page;
    const enum err err = read_page(job, &page);

    if (err != ERR_OK)
        return err;
    workset_see_programme(w, page.programme);
    change_want(w, job, page.programme, number_of(page.key), page.size + 1);
    return ERR_OK;
}

static Enrolment__Change *change_message(struct workset *w, const struct change *change)
{
    Enrolment__Change *m = arena_alloc(w->arena, sizeof *m);

    enrolment__change__init(m);
    m->n = change->n;
    m->at_us = change->at_us;
    m->actor = id_bytes(&change->actor);
    m->call = (char *)(uintptr_t)change->call;
    m->field = (char *)(uintptr_t)change->field;
    m->was = (char *)(uintptr_t)change->was;
    m->becomes = (char *)(uintptr_t)change->becomes;
    m->reason = (char *)(uintptr_t)change->reason;
    m->registration_id = id_bytes(&change->registration);
    return m;
}

void list_changes_decide(struct job *job, struct workset *w)
{
    Enrolment__ChangeList *list = arena_alloc(w->arena, sizeof *list);
    size_t count = 0, bytes = 0;
    struct page page;

    if (read_page(job, &page) != ERR_OK)
        return;
    if (workset_programme(w, page.programme) == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    const struct change *changes = change_list(w, job, &count);
    enrolment__change_list__init(list);
    list->changes = arena_array(w->arena, count, sizeof(Enrolment__Change *));
    for (size_t i = 0; i < count; i++) {
        Enrolment__Change *m = change_message(w, &changes[i]);
        bytes += enrolment__change__get_packed_size(m);
        if (i == page.size || (i > 0 && bytes > PAGE_BYTES_MAX)) {
            list->next_page_token = token_after(w->arena, changes[i - 1].n);
            break;
        }
        list->changes[list->n_changes++] = m;
    }
    job_answer(job, &list->base, 0);
}
