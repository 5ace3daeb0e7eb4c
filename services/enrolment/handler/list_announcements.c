/* ListAnnouncements: what coordinators have told the participants of a programme, newest first. Staff only. */
#include <string.h>

#include "services/enrolment/handler/announcement_message.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/page.h"

struct place { /* where a page ended */
    int64_t at_us;
    struct uuid id;
};
#define KEY_SIZE (sizeof(int64_t) + sizeof(struct uuid))

static struct place place_read(struct span key)
{
    struct place place = {.at_us = 0};

    if (key.len == KEY_SIZE) {
        memcpy(&place.at_us, key.data, sizeof place.at_us);
        memcpy(place.id.b, key.data + sizeof place.at_us, sizeof place.id.b);
    }
    return place;
}

static char *place_token(struct workset *w, const struct announcement *last)
{
    uint8_t key[KEY_SIZE];

    memcpy(key, &last->at_us, sizeof last->at_us);
    memcpy(key + sizeof last->at_us, last->id.b, sizeof last->id.b);
    return page_token(w->arena, span_of(key, sizeof key));
}

static enum err read_page(struct job *job, struct page *page)
{
    const Enrolment__ListAnnouncementsRequest *request = (const Enrolment__ListAnnouncementsRequest *)job->message;
    return page_read(job, &request->programme_id, request->page_size, request->page_token, KEY_SIZE, KEY_SIZE, page);
}

enum err list_announcements_needs(struct job *job, struct workset *w)
{
    struct page page;
    enum err err = read_page(job, &page);

    if (err != ERR_OK)
        return err;
    const struct place place = place_read(page.key);
    if (page.key.len > 0)
        err = check_time(job, "pageToken", place.at_us);
    if (err != ERR_OK)
        return err;
    workset_see_programme(w, page.programme);
    announcement_want_list(w, job, page.programme, place.at_us, place.id, page.size + 1);
    return ERR_OK;
}

/* A page ends before the asked size where it would not fit into a reply. */
void list_announcements_decide(struct job *job, struct workset *w)
{
    Enrolment__AnnouncementList *list = arena_alloc(w->arena, sizeof *list);
    size_t count, bytes = 0;
    struct page page;
    const struct announcement *rows = announcement_list(w, job, &count);

    if (read_page(job, &page) != ERR_OK)
        return;
    if (workset_programme(w, page.programme) == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    enrolment__announcement_list__init(list);
    list->announcements = arena_array(w->arena, count, sizeof(Enrolment__Announcement *));
    for (size_t i = 0; i < count; i++) {
        Enrolment__Announcement *m = announcement_message(w, &rows[i]);
        bytes += enrolment__announcement__get_packed_size(m);
        if (i == page.size || (i > 0 && bytes > PAGE_BYTES_MAX)) {
            list->next_page_token = place_token(w, &rows[i - 1]);
            break;
        }
        list->announcements[list->n_announcements++] = m;
    }
    job_answer(job, &list->base, 0);
}
