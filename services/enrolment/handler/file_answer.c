/* A file as an answer. See file_answer.h. */
#include "services/enrolment/handler/file_answer.h"

#include "services/enrolment/document/calendar.h"
#include "services/enrolment/handler/convert.h"

static void file_send(struct job *job, struct workset *w, const char *name, const char *media_type, const struct buf *bytes, bool shown)
{
    const struct span copy = arena_copy(w->arena, buf_span(bytes));
    Bus__File *file = arena_alloc(w->arena, sizeof *file);

    bus__file__init(file);
    file->name = (char *)(uintptr_t)name;
    file->media_type = (char *)(uintptr_t)media_type;
    file->content = bytes_of(copy.data, copy.len);
    file->inline_view = shown;
    job_answer(job, &file->base, 0);
}

void file_answer(struct job *job, struct workset *w, const char *name, const char *media_type, const struct buf *bytes)
{
    file_send(job, w, name, media_type, bytes, false);
}

void file_show(struct job *job, struct workset *w, const char *name, const char *media_type, const struct buf *bytes)
{
    file_send(job, w, name, media_type, bytes, true);
}

void file_calendar(struct job *job, struct workset *w, const struct programme *programme, const struct registration *r)
{
    struct buf bytes = {.data = NULL};
    enum err err = ERR_NOT_FOUND;

    if (programme != NULL)
        err = calendar_file(&bytes, w->arena, programme, r, job->request->language);
    if (err == ERR_OK && bytes.len > FILE_ANSWER_MAX)
        err = ERR_TOO_LARGE;
    if (err != ERR_OK)
        (void)job_fail(job, err, NULL, NULL, NULL, NULL, NULL);
    else
        file_show(job, w, arena_printf(w->arena, "%s.ics", programme->code), "text/calendar; charset=utf-8", &bytes);
    buf_fini(&bytes);
}
