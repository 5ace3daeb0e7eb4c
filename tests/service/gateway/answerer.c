/* Its cases. A slow one sleeps in its worker, as a service under load would. */
#include "answerer.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "enrolment.pb-c.h"
#include "tests/support/kit.h"

struct workset {
    struct answerer *answerer;
};

struct uuid answerer_programme(int kind)
{
    struct uuid id = {{(uint8_t)kind, 0x97, 0xf4, 0xd2, 0x6c, 0x3b, 0x7a, 0x10, 0x8f, 0, 0x3b, 0x1e, 0x5a, 0x2c, 0x9d, 0x41}};
    return id;
}

static struct workset *begin(struct arena *arena, int64_t now_us, void *context)
{
    struct workset *w = arena_alloc(arena, sizeof *w);
    (void)now_us;
    w->answerer = context;
    return w;
}

static enum err load(struct workset *w, struct db *db)
{
    (void)w;
    (void)db;
    return ERR_OK;
}

static void save(struct workset *w, struct db *db)
{
    (void)w;
    (void)db;
}

static enum err needs(struct job *job, struct workset *w)
{
    (void)job;
    atomic_fetch_add(&w->answerer->asked, 1);
    return ERR_OK;
}

static Enrolment__Implementation *implementation(struct arena *arena, uint32_t ordinal)
{
    Enrolment__Implementation *it = arena_alloc(arena, sizeof *it);
    struct uuid *id = arena_alloc(arena, sizeof *id);
    Bus__Text *title = arena_alloc(arena, sizeof *title);
    enrolment__implementation__init(it);
    bus__text__init(title);
    *id = answerer_programme(100 + (int)ordinal);
    title->fi = arena_printf(arena, "Toteutus %u", ordinal);
    it->id = (ProtobufCBinaryData){sizeof id->b, id->b};
    it->code = arena_printf(arena, "uni-%u", ordinal);
    it->title = title;
    it->capacity = 20;
    it->taken = ordinal;
    it->waiting_cap = 10;
    it->mode = ENROLMENT__MODE__MODE_ONLINE;
    it->version = 3;
    return it;
}

static Enrolment__Implementation **implementations(struct arena *arena, size_t count)
{
    Enrolment__Implementation **list = arena_array(arena, count, sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = implementation(arena, (uint32_t)i + 1);
    return list;
}

/* As long as a programme of this kind takes. */
static void doze(int kind)
{
    if (kind == PROGRAMME_SLOW)
        kit_sleep_ms(ANSWERER_SLOW_MS);
    if (kind == PROGRAMME_STUCK)
        kit_sleep_ms(ANSWERER_STUCK_MS);
}

static void list_decide(struct job *job, struct workset *w)
{
    Enrolment__ImplementationList *list = arena_alloc(job->arena, sizeof *list);
    (void)w;
    enrolment__implementation_list__init(list);
    list->n_implementations = 12;
    list->implementations = implementations(job->arena, 12);
    job_answer(job, &list->base, 0);
}

static void programme_decide(struct job *job, struct workset *w)
{
    const Enrolment__GetProgrammeRequest *request = (const Enrolment__GetProgrammeRequest *)job->message;
    Enrolment__Programme *programme = arena_alloc(job->arena, sizeof *programme);
    (void)w;
    if (request->programme_id.data[0] == PROGRAMME_ABSENT) {
        (void)job_fail(job, ERR_NOT_FOUND, "enrolment.programme.unknown", "programmeId", "Koulutusta ei ole", "Utbildningen finns inte",
                       "There is no such programme");
        job_fact(job, "asked", "yes");
        return;
    }
    doze(request->programme_id.data[0]);
    enrolment__programme__init(programme);
    programme->id = request->programme_id;
    programme->code = arena_strdup(job->arena, "vepo");
    programme->cap = 280;
    programme->taken = 78;
    programme->n_implementations = 2;
    programme->implementations = implementations(job->arena, 2);
    job_answer(job, &programme->base, 7);
}

static void enrol_decide(struct job *job, struct workset *w)
{
    const Enrolment__EnrolRequest *request = (const Enrolment__EnrolRequest *)job->message;
    Enrolment__Registration *registration = arena_alloc(job->arena, sizeof *registration);
    struct uuid *id = arena_alloc(job->arena, sizeof *id);
    (void)w;
    if (request->programme_id.data[0] == PROGRAMME_ABSENT) {
        (void)job_fail(job, ERR_NOT_FOUND, "enrolment.implementation.unknown", "implementationId", "Toteutusta ei ole",
                       "Genomförandet finns inte", "There is no such implementation");
        return;
    }
    doze(request->programme_id.data[0]);
    enrolment__registration__init(registration);
    *id = uuid_from(job->actor, span_of(job->request->idempotency_key.data, job->request->idempotency_key.len));
    registration->id = (ProtobufCBinaryData){sizeof id->b, id->b};
    registration->programme_id = request->programme_id;
    registration->implementation_id = request->implementation_id;
    registration->person_id = job->request->actor;
    registration->state = ENROLMENT__STATE__STATE_SEATED;
    registration->order_no = 1;
    registration->received_us = job->request->received_us;
    registration->version = 1;
    job_answer(job, &registration->base, 1);
}

/* Says back the version the caller saw. */
static void cap_decide(struct job *job, struct workset *w)
{
    const Enrolment__SetProgrammeCapRequest *request = (const Enrolment__SetProgrammeCapRequest *)job->message;
    Enrolment__Programme *programme = arena_alloc(job->arena, sizeof *programme);
    (void)w;
    enrolment__programme__init(programme);
    programme->id = request->programme_id;
    programme->cap = request->cap;
    job_answer(job, &programme->base, job->request->if_match + 1);
}

static void person_decide(struct job *job, struct workset *w)
{
    const Enrolment__PutPersonRequest *request = (const Enrolment__PutPersonRequest *)job->message;
    (void)w;
    job_answer(job, &request->person->base, 2);
}

/* A file of bytes that are no JSON, in the language asked for. */
static void calendar_decide(struct job *job, struct workset *w)
{
    const Enrolment__GetProgrammeCalendarRequest *request = (const Enrolment__GetProgrammeCalendarRequest *)job->message;
    Bus__File *file = arena_alloc(job->arena, sizeof *file);
    (void)w;
    if (request->programme_id.data[0] == PROGRAMME_ABSENT) {
        (void)job_fail(job, ERR_NOT_FOUND, "enrolment.programme.unknown", "programmeId", "Koulutusta ei ole", "Utbildningen finns inte",
                       "There is no such programme");
        return;
    }
    bus__file__init(file);
    file->name = arena_strdup(job->arena, request->programme_id.data[0] == PROGRAMME_ODD ? "a\"\r\nSet-Cookie: x" : "vepo.ics");
    file->media_type = arena_strdup(job->arena, "text/calendar; charset=utf-8");
    file->content.data = (uint8_t *)arena_printf(job->arena, "BEGIN:%s\r\n\001\"", job->request->language);
    file->content.len = strlen((const char *)file->content.data) + 1; /* a NUL is a byte like any other */
    file->inline_view = true;
    if (request->programme_id.data[0] == PROGRAMME_STYLED) {
        file->media_type = arena_strdup(job->arena, "text/html; charset=utf-8");
        file->content.data = (uint8_t *)arena_strdup(job->arena, "<head><style>p{color:red}</style></head><p>x</p>");
        file->content.len = strlen((const char *)file->content.data);
    }
    file->status = request->programme_id.data[0] == PROGRAMME_PAGE ? 404 : 0;
    file->one_language = request->programme_id.data[0] == PROGRAMME_PAGE;
    job_answer(job, &file->base, 0);
}

/* One to be saved, for those who have signed in. */
static void certificate_decide(struct job *job, struct workset *w)
{
    Bus__File *file = arena_alloc(job->arena, sizeof *file);
    (void)w;
    bus__file__init(file);
    file->name = arena_strdup(job->arena, "vepo-certificate.pdf");
    file->media_type = arena_strdup(job->arena, "application/pdf");
    file->content = (ProtobufCBinaryData){9, (uint8_t *)arena_strdup(job->arena, "%PDF-1.5\n")};
    job_answer(job, &file->base, 0);
}

void answerer_forget(struct answerer *answerer, struct uuid person)
{
    const size_t at = atomic_load(&answerer->forgotten_count);
    assert(at < ANSWERER_FORGOTTEN);
    answerer->forgotten[at] = person;
    atomic_store(&answerer->forgotten_count, at + 1);
}

static void erase_decide(struct job *job, struct workset *w)
{
    Enrolment__Erasure *erasure = arena_alloc(job->arena, sizeof *erasure);
    answerer_forget(w->answerer, job->actor);
    enrolment__erasure__init(erasure);
    erasure->registrations = 2;
    job_answer(job, &erasure->base, 0);
}

static void forgotten_decide(struct job *job, struct workset *w)
{
    const Enrolment__ListForgottenRequest *request = (const Enrolment__ListForgottenRequest *)job->message;
    Enrolment__ForgottenList *list = arena_alloc(job->arena, sizeof *list);
    const size_t count = atomic_load(&w->answerer->forgotten_count);
    if (!(job->request->roles & BUS__ROLE__ROLE_ADMIN)) {
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    enrolment__forgotten_list__init(list);
    list->last_n = count;
    list->people = arena_array(job->arena, request->page_size, sizeof *list->people);
    for (size_t n = request->after_n; n < count && list->n_people < request->page_size; n++) {
        Enrolment__ForgottenList__Row *row = arena_alloc(job->arena, sizeof *row);
        enrolment__forgotten_list__row__init(row);
        row->n = n + 1;
        row->person_id = (ProtobufCBinaryData){sizeof w->answerer->forgotten[n].b, w->answerer->forgotten[n].b};
        list->people[list->n_people++] = row;
    }
    job_answer(job, &list->base, 0);
}

#define CASE(NAME, KIND, TYPE, DECIDE)                                                                                                     \
    {                                                                                                                                      \
        .name = "enrolment." NAME, .kind = KIND, .request = &enrolment__##TYPE##__descriptor, .needs = needs, .decide = DECIDE             \
    }

static const struct work_case CASES[] = {
    CASE("GetProgrammeCalendar", WORK_READ, get_programme_calendar_request, calendar_decide),
    CASE("GetCertificate", WORK_READ, get_certificate_request, certificate_decide),
    CASE("ListImplementations", WORK_READ, list_implementations_request, list_decide),
    CASE("GetProgramme", WORK_READ, get_programme_request, programme_decide),
    CASE("Enrol", WORK_WRITE, enrol_request, enrol_decide),
    CASE("SetProgrammeCap", WORK_WRITE, set_programme_cap_request, cap_decide),
    CASE("ErasePerson", WORK_WRITE, erase_person_request, erase_decide),
    CASE("ListForgotten", WORK_READ, list_forgotten_request, forgotten_decide),
    CASE("PutPerson", WORK_WRITE, put_person_request, person_decide),
};

static struct worker *worker(const struct answerer *answerer, const char *conninfo, bool writes)
{
    struct worker *out;
    const struct worker_config config = {.name = writes ? "writer" : "reader",
                                         .access = writes ? DB_READ_WRITE : DB_READ_ONLY,
                                         .db = {conninfo, "gateway", "answerer", 5000},
                                         .store = &answerer->store,
                                         .queue_max = 4096,
                                         .batch_max = 256,
                                         .log = kit_log(),
                                         .metrics = answerer->metrics};
    if (worker_start(&out, &config) != ERR_OK)
        kit_give_up("a worker of the answerer cannot start");
    return out;
}

void answerer_start(struct answerer *answerer, const char *conninfo, const char *url, const struct seal *seal)
{
    answerer->metrics = metrics_new();
    answerer->store = (struct work_store){begin, load, save, NULL, NULL, answerer};
    atomic_init(&answerer->asked, 0);
    atomic_init(&answerer->forgotten_count, 0);
    answerer->writer = worker(answerer, conninfo, true);
    answerer->reader = worker(answerer, conninfo, false);
    const struct rpc_server_config config = {.url = url,
                                             .contexts = 8,
                                             .seal = seal,
                                             .cases = CASES,
                                             .case_count = sizeof CASES / sizeof CASES[0],
                                             .writer = answerer->writer,
                                             .readers = &answerer->reader,
                                             .reader_count = 1,
                                             .log = kit_log(),
                                             .metrics = answerer->metrics};
    if (rpc_server_open(&answerer->server, &config) != ERR_OK)
        kit_give_up("the answerer cannot listen at %s", url);
}

void answerer_stop(struct answerer *answerer)
{
    rpc_server_drain(answerer->server, 2000);
    worker_stop(answerer->reader);
    worker_stop(answerer->writer);
}
