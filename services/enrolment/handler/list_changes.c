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

enum err list_changes_needs(struct job *job, struct workset *w)
{
    const Enrolment__ListChangesRequest *request = (const Enrolment__ListChangesRequest *)job->message;
    struct uuid id;
    struct span key;
    uint32_t size;
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = check_id(job, "programmeId", &request->programme_id, &id);
    if (err == ERR_OK)
        err = check_page(job, request->page_size, &size);
    if (err == ERR_OK)
        err = page_key(job, request->page_token, KEY, KEY, &key);
    if (err != ERR_OK)
        return err;
    workset_see_programme(w, id);
    change_want(w, job, id, number_of(key), size + 1);
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
    const Enrolment__ListChangesRequest *request = (const Enrolment__ListChangesRequest *)job->message;
    Enrolment__ChangeList *list = arena_alloc(w->arena, sizeof *list);
    size_t count = 0, bytes = 0;
    struct uuid id;
    uint32_t size;

    if (check_id(job, "programmeId", &request->programme_id, &id) != ERR_OK || check_page(job, request->page_size, &size) != ERR_OK)
        return;
    if (workset_programme(w, id) == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    const struct change *changes = change_list(w, job, &count);
    enrolment__change_list__init(list);
    list->changes = arena_array(w->arena, count, sizeof(Enrolment__Change *));
    for (size_t i = 0; i < count; i++) {
        Enrolment__Change *m = change_message(w, &changes[i]);
        bytes += enrolment__change__get_packed_size(m);
        if (i == size || (i > 0 && bytes > PAGE_BYTES_MAX)) {
            list->next_page_token = token_after(w->arena, changes[i - 1].n);
            break;
        }
        list->changes[list->n_changes++] = m;
    }
    job_answer(job, &list->base, 0);
}
