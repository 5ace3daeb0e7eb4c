/* A template and its facts become a letter (notation: template.h). Writes into the caller's buffer and nothing else: no memory,
 * no clock, no locale. Step: the sender calls it between claiming a message and connecting to the relay. */
#include "services/notification/domain/letter.h"

#include <stdio.h>
#include <string.h>

#include "services/notification/domain/template.h"

#define FACT_NAME_MAX 24
#define NUMBER_MAX    12

/* A bounded text being written, and why it stopped. */
struct pen {
    char *text;
    size_t len, size;
    const struct letter_facts *facts;
    const struct letter_session *session; /* inside a line per webinar */
    const char *missing;
    bool full;
};

static void pen_put(struct pen *pen, const char *text, size_t len)
{
    if (len >= pen->size - pen->len) {
        pen->full = true;
        return;
    }
    memcpy(pen->text + pen->len, text, len);
    pen->len += len;
    pen->text[pen->len] = '\0';
}

/* A fact that is a number; 0: it is none, or not known. */
static uint32_t fact_number(const struct letter_facts *facts, const char *name)
{
    if (strcmp(name, "order") == 0)
        return facts->order_no;
    if (strcmp(name, "position") == 0)
        return facts->position;
    if (strcmp(name, "ahead") == 0)
        return facts->position > 0 ? facts->position - 1 : 0;
    if (strcmp(name, "place_count") == 0)
        return facts->place_count;
    return 0;
}

/* A condition without a text of its own: known or not. */
static bool fact_holds(const struct pen *pen, const char *name)
{
    if (strcmp(name, "seated") == 0)
        return pen->facts->stood == STOOD_SEATED;
    if (strcmp(name, "queued") == 0)
        return pen->facts->stood == STOOD_QUEUED;
    if (strcmp(name, "offer_declined") == 0)
        return pen->facts->cause == CAUSE_OFFER_DECLINED;
    if (strcmp(name, "offer_expired") == 0)
        return pen->facts->cause == CAUSE_OFFER_EXPIRED;
    if (strcmp(name, "rejected") == 0)
        return pen->facts->cause == CAUSE_REJECTED;
    if (strcmp(name, "unreviewed") == 0)
        return pen->facts->review == REVIEW_UNREVIEWED;
    if (strcmp(name, "conditional") == 0)
        return pen->facts->review == REVIEW_CONDITIONAL;
    if (strcmp(name, "called_off") == 0)
        return pen->facts->called_off;
    if (strcmp(name, "first") == 0)
        return pen->facts->position == 1;
    if (strcmp(name, "sessions") == 0)
        return pen->facts->session_count > 0;
    return fact_number(pen->facts, name) > 0;
}

static const char *fact_text(const struct pen *pen, const char *name)
{
    const struct letter_facts *f = pen->facts;
    const struct {
        const char *name, *text;
    } texts[] = {
        {"name", f->name},
        {"training", f->training},
        {"implementation", f->implementation},
        {"organiser", f->organiser},
        {"places", f->places},
        {"reply_due", f->reply_due},
        {"opens", f->opens},
        {"closes", f->closes},
        {"reason", f->reason},
        {"registration", f->registration},
        {"unit_title", f->unit_title},
        {"was", f->was},
        {"becomes", f->becomes},
        {"same", f->same},
        {"subject", f->announced_subject},
        {"body", f->announced_body},
        {"credits", f->credits},
        {"code", f->code},
        {"unit", pen->session ? pen->session->unit : NULL},
        {"when", pen->session ? pen->session->when : NULL},
    };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (strcmp(texts[i].name, name) == 0)
            return texts[i].text ? texts[i].text : "";
    return "";
}

/* Copies the name that ends before `end`; returns it as a constant of the template's author, so it always fits. */
static void name_copy(char out[FACT_NAME_MAX], const char *begin, const char *end)
{
    size_t len = (size_t)(end - begin);

    if (len >= FACT_NAME_MAX)
        len = FACT_NAME_MAX - 1;
    memcpy(out, begin, len);
    out[len] = '\0';
}

static bool fact_known(const struct pen *pen, const char *name)
{
    return fact_text(pen, name)[0] != '\0' || fact_holds(pen, name);
}

static void pen_number(struct pen *pen, uint32_t number)
{
    char digits[NUMBER_MAX];
    int len = snprintf(digits, sizeof digits, "%u", (unsigned)number);

    pen_put(pen, digits, (size_t)len);
}

/* "one|many" of {fact|one|many}: the right half, with # replaced. */
static void pen_plural(struct pen *pen, uint32_t number, const char *begin, const char *end)
{
    const char *bar = memchr(begin, '|', (size_t)(end - begin));
    const char *from = bar && number != 1 ? bar + 1 : begin;
    const char *to = bar && number == 1 ? bar : end;

    for (; from < to; from++) {
        if (*from == '#')
            pen_number(pen, number);
        else
            pen_put(pen, from, 1);
    }
}

/* One {...}; returns the character after it. */
static const char *pen_field(struct pen *pen, const char *open, const char *end)
{
    const char *close = memchr(open, '}', (size_t)(end - open));
    const char *bar;
    char name[FACT_NAME_MAX];

    if (close == NULL)
        close = end - 1;
    bar = memchr(open, '|', (size_t)(close - open));
    name_copy(name, open + 1, bar ? bar : close);
    if (bar) {
        pen_plural(pen, fact_number(pen->facts, name), bar + 1, close);
    } else if (fact_text(pen, name)[0] != '\0') {
        pen_put(pen, fact_text(pen, name), strlen(fact_text(pen, name)));
    } else if (fact_number(pen->facts, name) > 0) {
        pen_number(pen, fact_number(pen->facts, name));
    } else if (pen->missing == NULL) {
        pen->missing = open + 1; /* named by letter_render */
    }
    return close + 1;
}

/* Text of one line with its fields filled in. */
static void pen_line(struct pen *pen, const char *at, const char *end)
{
    while (at < end) {
        if (*at == '{') {
            at = pen_field(pen, at, end);
        } else if (*at == '~' && pen->session) {
            const char *notice = pen->session->advance_notice ? template_advance_notice(pen->facts->language) : "";
            pen_put(pen, notice, strlen(notice));
            at++;
        } else {
            pen_put(pen, at++, 1);
        }
    }
}

static void pen_sessions(struct pen *pen, const char *at, const char *end)
{
    for (size_t i = 0; i < pen->facts->session_count; i++) {
        pen->session = &pen->facts->sessions[i];
        pen_line(pen, at, end);
        pen_put(pen, "\n", 1);
    }
    pen->session = NULL;
}

/* A line of the template, with its condition. */
static void pen_template_line(struct pen *pen, const char *at, const char *end)
{
    const char *bar = memchr(at, '|', (size_t)(end - at));
    char name[FACT_NAME_MAX];

    if (bar && *at == '*') {
        pen_sessions(pen, bar + 1, end);
        return;
    }
    if (bar && (*at == '?' || *at == '!')) {
        name_copy(name, at + 1, bar);
        if (fact_known(pen, name) != (*at == '?'))
            return;
        at = bar + 1;
    }
    if (at == end && (pen->len < 2 || pen->text[pen->len - 2] == '\n'))
        return; /* an empty line after an empty line */
    pen_line(pen, at, end);
    pen_put(pen, "\n", 1);
}

static void pen_template(struct pen *pen, const char *template)
{
    while (*template) {
        const char *end = strchr(template, '\n');
        if (end == NULL)
            end = template + strlen(template);
        pen_template_line(pen, template, end);
        template = *end ? end + 1 : end;
    }
}

/* The name of the missing fact as a constant, for the log and the operator. */
static const char *missing_name(const char *at)
{
    static const char *const NAMES[] = {"training", "unit", "when"};

    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
        if (strncmp(at, NAMES[i], strlen(NAMES[i])) == 0)
            return NAMES[i];
    return "fact";
}

enum letter_result letter_render(const struct letter_facts *facts, struct letter *out, const char **missing)
{
    const struct template *template = template_of(facts->kind, facts->language);
    struct pen subject = {.text = out->subject, .size = sizeof out->subject, .facts = facts};
    struct pen body = {.text = out->body, .size = sizeof out->body, .facts = facts};

    out->subject[0] = out->body[0] = '\0';
    pen_line(&subject, template->subject, template->subject + strlen(template->subject));
    pen_template(&body, template->body);
    const char *absent = subject.missing ? subject.missing : body.missing;
    if (absent) {
        if (missing)
            *missing = missing_name(absent);
        return LETTER_MISSING;
    }
    return subject.full || body.full ? LETTER_TOO_LONG : LETTER_OK;
}

const char *language_code(enum language language)
{
    switch (language) {
    case LANGUAGE_FI:
        return "fi";
    case LANGUAGE_SV:
        return "sv";
    case LANGUAGE_EN:
        return "en";
    }
    return "fi";
}

enum language language_read(const char *text, size_t len)
{
    if (len == 2 && memcmp(text, "sv", 2) == 0)
        return LANGUAGE_SV;
    return len == 2 && memcmp(text, "en", 2) == 0 ? LANGUAGE_EN : LANGUAGE_FI;
}
