/* See minutes_make.h. */
#include "services/funding/handler/minutes_make.h"

#include "services/funding/document/letter_html.h"
#include "services/funding/document/letter_pdf.h"

enum { PDF_MAX = 200 * 1024, HTML_MAX = 290 * 1024 }; /* bytes: the one goes out with an event, the other into an answer */

static struct span html_of(struct arena *arena, const struct letter *letter)
{
    struct buf out = {0};

    letter_html(letter, &out);
    const struct span html = arena_copy(arena, buf_span(&out));
    buf_fini(&out);
    return html;
}

static enum err pdf_of(struct arena *arena, const struct letter *letter, struct pdf_shelf *shelf, struct span *pdf)
{
    struct buf out = {0};
    const enum err err = letter_pdf(letter, shelf, &out);

    if (err == ERR_OK)
        *pdf = arena_copy(arena, buf_span(&out));
    buf_fini(&out);
    return err;
}

static bool refuse_large(struct job *job, const struct minutes_facts *facts)
{
    (void)job_fail(job, ERR_TOO_LARGE, "municipal.minutes.large", NULL,
                   "Pykälän pöytäkirjanote on liian pitkä julkaistavaksi: lyhennä päätöksen tai eriävien mielipiteiden tekstiä",
                   "Paragrafens protokollsutdrag är för långt för att publiceras: förkorta texten i beslutet eller i avvikande meningar",
                   "The extract of this section is too long to be published: shorten the words of the decision or of dissents");
    job_fact(job, "registerNumber", facts->c->register_number);
    fact_number(job, "section", (uint64_t)facts->item->section);
    return false;
}

static enum err make(struct workset *w, const struct minutes_facts *facts, struct pdf_shelf *shelf, struct extract *e)
{
    const struct letter *full = minutes_build(w->arena, facts, false), *bare = minutes_build(w->arena, facts, true);

    *e = (struct extract){.item_id = facts->item->id,
                          .names_until = facts->days.names_until,
                          .review_until = facts->days.review_until,
                          .review_version = facts->days.review != NULL ? facts->days.review->version : "",
                          .html = html_of(w->arena, full),
                          .bare_html = html_of(w->arena, bare),
                          .published_us = facts->published_us};
    const enum err err = pdf_of(w->arena, full, shelf, &e->pdf);
    return err == ERR_OK ? pdf_of(w->arena, bare, shelf, &e->bare_pdf) : err;
}

static bool is_large(const struct extract *e)
{
    return e->pdf.len > PDF_MAX || e->bare_pdf.len > PDF_MAX || e->html.len > HTML_MAX || e->bare_html.len > HTML_MAX;
}

/* What was prepared can no longer be shortened here: where it is too long the extract goes without it. What was decided can. */
bool minutes_make(struct job *job, struct workset *w, const struct minutes_facts *facts, struct pdf_shelf *shelf, struct minutes_made *made)
{
    struct minutes_facts brief = *facts;
    enum err err = make(w, facts, shelf, &made->extract);

    made->facts = *facts;
    brief.brief = true;
    if (err == ERR_OK && is_large(&made->extract))
        err = make(w, &brief, shelf, &made->extract);
    if (err != ERR_OK) {
        (void)job_fail(job, err, NULL, NULL, NULL, NULL, NULL);
        return false;
    }
    return is_large(&made->extract) ? refuse_large(job, facts) : true;
}
