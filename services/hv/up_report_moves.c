/* What became of every registration of every programme, counted from the order chains: the same people the mails of the whole suite
 * are about, so that the two can be compared however much has been imported, enrolled, cancelled and forgotten since the demonstration. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "services/hv/up_report.h"

#define CHAIN_PAGE 200

static void count_move(struct moves *moves, const json_t *entry)
{
    const char *from = api_text(entry, "from");
    const char *to = api_text(entry, "to");
    const bool waited = strcmp(from, "STATE_QUEUED") == 0, offered = strcmp(from, "STATE_OFFERED") == 0;
    if (strcmp(to, "STATE_CANCELLED") == 0)
        moves->cancelled += strcmp(from, "STATE_HELD") != 0;
    else if (strcmp(to, "STATE_QUEUED") == 0)
        ++*(offered ? &moves->passed : strcmp(from, "STATE_SEATED") == 0 ? &moves->displaced : &moves->queued);
    else if (strcmp(to, "STATE_OFFERED") == 0)
        moves->offered++;
    else if (strcmp(to, "STATE_TRANSFERRED") == 0)
        moves->transferred++;
    else if (strcmp(to, "STATE_SEATED") == 0)
        ++*(waited || offered ? &moves->promoted : &moves->seated);
}

static void walk_chain(struct report *r, const char *implementation)
{
    char path[API_PATH];
    int64_t last = 0;
    int64_t head = 0;
    do {
        snprintf(path, sizeof path, "/api/implementations/%s/chain?afterN=%" PRId64 "&pageSize=%d", implementation, last, CHAIN_PAGE);
        json_t *page = report_get(r, path);
        const json_t *entries = json_object_get(page, "entries");
        size_t i = 0;
        const json_t *entry = NULL;
        json_array_foreach(entries, i, entry)
        {
            if (!json_object_get(r->nobodys, api_text(entry, "registrationId")))
                count_move(&r->moves, entry);
            last = api_number(entry, "n");
        }
        head = json_array_size(entries) > 0 ? api_number(json_object_get(page, "head"), "n") : 0;
        json_decref(page);
    } while (last < head);
}

/* A registration has no person any more once its person, or the programme's people, are forgotten; and who was forgotten may come again. */
static void note_nobodys(void *owner, const json_t *registration)
{
    const struct report *r = owner;
    const char *person = api_text(registration, "personId");
    if (person[0] == '\0' || json_object_get(r->forgotten, person))
        json_object_set_new(r->nobodys, api_text(registration, "id"), json_true());
}

static void walk_programme(void *owner, const json_t *programme)
{
    struct report *r = owner;
    char path[API_PATH];
    snprintf(path, sizeof path, "/api/programmes/%s", api_text(programme, "id"));
    json_t *whole = report_get(r, path);
    snprintf(path, sizeof path, "/api/programmes/%s/registrations", api_text(programme, "id"));
    report_pages(r, path, "registrations", note_nobodys, r);
    size_t i = 0;
    const json_t *item = NULL;
    json_array_foreach(json_object_get(whole, "implementations"), i, item)
    {
        walk_chain(r, api_text(item, "id"));
    }
    json_decref(whole);
    r->programmes++;
}

void report_forgotten(struct report *r)
{
    char path[API_PATH];
    int64_t last = 0;
    size_t found = 0;
    r->forgotten = json_object();
    do {
        snprintf(path, sizeof path, "/api/forgotten?afterN=%" PRId64, last);
        json_t *page = report_get(r, path);
        const json_t *people = json_object_get(page, "people");
        size_t i = 0;
        const json_t *person = NULL;
        found = json_array_size(people);
        json_array_foreach(people, i, person)
        {
            json_object_set_new(r->forgotten, api_text(person, "personId"), json_true());
            last = api_number(person, "n");
        }
        json_decref(page);
    } while (found > 0);
    if (json_object_size(r->forgotten) > 0)
        printf("  %zu people were forgotten since: no mail tells of it, mails are compared without theirs, and their refusals are gone\n\n",
               json_object_size(r->forgotten));
}

void report_moves(struct report *r)
{
    r->nobodys = json_object();
    report_pages(r, "/api/programmes", "programmes", walk_programme, r);
}
