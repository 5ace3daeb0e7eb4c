/* See content.h. Paths of fields are made only for what is refused. */
#include "services/funding/handler/content.h"

#include "common/base/alloc.h"
#include "common/base/day.h"
#include "common/wire/wire.h"
#include "services/funding/domain/money.h"

#define SHORT_MAX  40 /* of a business id, a language, a day, an account number: what is longer is none of them */
#define ANSWER_MAX 20000

/* Names the field of a row: "content.partners[2].name" instead of what the check was given. */
static enum err in_row(struct job *job, enum err err, const char *list, size_t i, const char *field)
{
    if (err != ERR_OK && job->problem != NULL)
        job->problem->field = arena_printf(job->arena, "content.%s[%zu].%s", list, i, field);
    return err;
}

static enum err row_text(struct job *job, const char *list, size_t i, const char *field, const char *text, size_t most)
{
    return *text == '\0' ? ERR_OK : in_row(job, check_text(job, field, text, 0, most), list, i, field);
}

static enum err row_lines(struct job *job, const char *list, size_t i, const char *field, const char *text, size_t most)
{
    return *text == '\0' ? ERR_OK : in_row(job, check_lines(job, field, text, 0, most), list, i, field);
}

static enum err row_cents(struct job *job, const char *list, size_t i, int64_t cents)
{
    return money_valid(cents) ? ERR_OK : in_row(job, check_range(job, "cents", cents, 0, MONEY_MAX), list, i, "cents");
}

static enum err row_range(struct job *job, const char *list, size_t i, const char *field, int64_t value, int64_t most)
{
    return value >= 0 && value <= most ? ERR_OK : in_row(job, check_range(job, field, value, 0, most), list, i, field);
}

static enum err count_rows(struct job *job, const char *field, size_t count, size_t most)
{
    return count <= most ? ERR_OK : check_range(job, field, (int64_t)count, 0, (int64_t)most);
}

/* --- bounds ------------------------------------------------------------------------------------------------------------ */
static enum err check_counts(struct job *job, const Funding__Content *c)
{
    enum err err = count_rows(job, "content.partners", c->n_partners, CONSORTIUM_PARTNERS_MAX);

    if (err == ERR_OK)
        err = count_rows(job, "content.lines", c->n_lines, CONSORTIUM_LINES_MAX);
    if (err == ERR_OK)
        err = count_rows(job, "content.shares", c->n_shares, CONSORTIUM_SHARES_MAX);
    if (err == ERR_OK)
        err = count_rows(job, "content.packages", c->n_packages, CONSORTIUM_PACKAGES_MAX);
    if (err == ERR_OK)
        err = count_rows(job, "content.answers", c->n_answers, CONTENT_ANSWERS_MAX);
    if (err == ERR_OK)
        err = count_rows(job, "content.parts", c->n_parts, TRAINING_PARTS_MAX);
    return err;
}

static enum err check_words(struct job *job, const Funding__Content *c)
{
    struct uuid id;
    enum err err = check_id_or(job, "content.themeId", &c->theme_id, (struct uuid){.b = {0}}, &id);

    if (err == ERR_OK)
        err = check_text(job, "content.title", c->title, 0, CONTENT_TITLE_MAX);
    if (err == ERR_OK)
        err = check_lines(job, "content.summary", c->summary, 0, CONTENT_SUMMARY_MAX);
    if (err == ERR_OK)
        err = check_text(job, "content.language", c->language, 0, SHORT_MAX);
    if (err == ERR_OK)
        err = check_text(job, "content.startsOn", c->starts_on, 0, SHORT_MAX);
    if (err == ERR_OK)
        err = check_text(job, "content.endsOn", c->ends_on, 0, SHORT_MAX);
    if (err == ERR_OK)
        err = check_text(job, "content.iban", c->iban, 0, SHORT_MAX);
    return err;
}

static enum err check_partner(struct job *job, size_t i, const Funding__Partner *p)
{
    enum err err = row_text(job, "partners", i, "businessId", p->business_id, SHORT_MAX);

    if (err == ERR_OK)
        err = row_text(job, "partners", i, "name", p->name, CONTENT_NAME_MAX);
    if (err == ERR_OK)
        err = row_text(job, "partners", i, "contactName", p->contact_name, CONTENT_NAME_MAX);
    if (err == ERR_OK)
        err = row_text(job, "partners", i, "contactEmail", p->contact_email, CONTENT_EMAIL_MAX);
    if (err == ERR_OK)
        err = row_text(job, "partners", i, "language", p->language, SHORT_MAX);
    if (err == ERR_OK)
        err = row_cents(job, "partners", i, p->cents);
    return err;
}

static enum err check_line(struct job *job, size_t i, const Funding__BudgetLine *l)
{
    enum err err = row_range(job, "lines", i, "category", (int64_t)l->category, COST_OTHER);

    if (err == ERR_OK)
        err = row_text(job, "lines", i, "title", l->title, CONTENT_NAME_MAX);
    if (err == ERR_OK)
        err = row_cents(job, "lines", i, l->cents);
    return err;
}

static enum err check_share(struct job *job, size_t i, const Funding__FundingShare *s)
{
    enum err err = row_range(job, "shares", i, "kind", (int64_t)s->kind, SHARE_PRIVATE);

    if (err == ERR_OK)
        err = row_text(job, "shares", i, "funder", s->funder, CONTENT_NAME_MAX);
    if (err == ERR_OK)
        err = row_cents(job, "shares", i, s->cents);
    return err;
}

static enum err check_package(struct job *job, size_t i, const Funding__WorkPackage *p)
{
    enum err err = row_text(job, "packages", i, "title", p->title, CONTENT_NAME_MAX);

    if (err == ERR_OK)
        err = row_lines(job, "packages", i, "description", p->description, CONTENT_DESCRIPTION_MAX);
    if (err == ERR_OK)
        err = row_text(job, "packages", i, "startsOn", p->starts_on, SHORT_MAX);
    if (err == ERR_OK)
        err = row_text(job, "packages", i, "endsOn", p->ends_on, SHORT_MAX);
    if (err == ERR_OK)
        err = row_cents(job, "packages", i, p->cents);
    return err;
}

static enum err check_answer(struct job *job, size_t i, const Funding__Answer *a)
{
    struct uuid id;
    enum err err = in_row(job, check_id(job, "questionId", &a->question_id, &id), "answers", i, "questionId");

    if (err == ERR_OK)
        err = row_lines(job, "answers", i, "text", a->text, ANSWER_MAX);
    return err;
}

static enum err check_part(struct job *job, size_t i, const Funding__TrainingPart *p)
{
    enum err err = row_text(job, "parts", i, "title", p->title, CONTENT_NAME_MAX);

    if (err == ERR_OK)
        err = row_range(job, "parts", i, "scopeTenths", p->scope_tenths, TRAINING_SCOPE_MAX);
    if (err == ERR_OK)
        err = row_range(job, "parts", i, "participants", p->participants, TRAINING_PARTICIPANTS_MAX);
    return err;
}

static enum err check_money_rows(struct job *job, const Funding__Content *c)
{
    enum err err = ERR_OK;

    for (size_t i = 0; i < c->n_partners && err == ERR_OK; i++)
        err = check_partner(job, i, c->partners[i]);
    for (size_t i = 0; i < c->n_lines && err == ERR_OK; i++)
        err = check_line(job, i, c->lines[i]);
    for (size_t i = 0; i < c->n_shares && err == ERR_OK; i++)
        err = check_share(job, i, c->shares[i]);
    return err;
}

static enum err check_plan_rows(struct job *job, const Funding__Content *c)
{
    enum err err = ERR_OK;

    for (size_t i = 0; i < c->n_packages && err == ERR_OK; i++)
        err = check_package(job, i, c->packages[i]);
    for (size_t i = 0; i < c->n_answers && err == ERR_OK; i++)
        err = check_answer(job, i, c->answers[i]);
    for (size_t i = 0; i < c->n_parts && err == ERR_OK; i++)
        err = check_part(job, i, c->parts[i]);
    return err;
}

enum err content_check(struct job *job, const Funding__Content *content)
{
    enum err err = check_counts(job, content);

    if (err == ERR_OK)
        err = check_words(job, content);
    if (err == ERR_OK)
        err = check_money_rows(job, content);
    if (err == ERR_OK)
        err = check_plan_rows(job, content);
    if (err == ERR_OK)
        err = check_range(job, "content", (int64_t)funding__content__get_packed_size(content), 0, CONTENT_BYTES_MAX);
    return err;
}

/* --- to the domain ----------------------------------------------------------------------------------------------------- */
static int64_t day_of(const char *text)
{
    int64_t day;

    if (*text == '\0')
        return NO_DAY;
    return day_parse(&day, span_text(text)) ? day : BAD_DAY;
}

static struct uuid id_of(const ProtobufCBinaryData *bytes)
{
    struct uuid id;

    return uuid_read(&id, span_of(bytes->data, bytes->len)) ? id : (struct uuid){.b = {0}};
}

static void read_money(struct arena *arena, struct consortium *k, const Funding__Content *c, struct uuid application, struct uuid owner)
{
    k->partner_count = c->n_partners;
    k->partners = arena_array(arena, c->n_partners, sizeof *k->partners);
    for (size_t i = 0; i < c->n_partners; i++) {
        const Funding__Partner *p = c->partners[i];
        k->partners[i] = (struct partner){.business_id = p->business_id,
                                          .name = p->name,
                                          .contact_name = p->contact_name,
                                          .contact_email = p->contact_email,
                                          .language = p->language,
                                          .cents = p->cents};
    }
    consortium_set_contacts(k, application, owner);
    k->line_count = c->n_lines;
    k->lines = arena_array(arena, c->n_lines, sizeof *k->lines);
    for (size_t i = 0; i < c->n_lines; i++)
        k->lines[i] = (struct budget_line){
            .category = (enum cost_category)c->lines[i]->category, .title = c->lines[i]->title, .cents = c->lines[i]->cents};
    k->share_count = c->n_shares;
    k->shares = arena_array(arena, c->n_shares, sizeof *k->shares);
    for (size_t i = 0; i < c->n_shares; i++)
        k->shares[i] = (struct funding_share){
            .kind = (enum share_kind)c->shares[i]->kind, .funder = c->shares[i]->funder, .cents = c->shares[i]->cents};
}

static void read_packages(struct arena *arena, struct consortium *k, const Funding__Content *c)
{
    k->package_count = c->n_packages;
    k->packages = arena_array(arena, c->n_packages, sizeof *k->packages);
    for (size_t i = 0; i < c->n_packages; i++) {
        const Funding__WorkPackage *p = c->packages[i];
        k->packages[i] = (struct work_package){.title = p->title,
                                               .description = p->description,
                                               .starts_on = day_of(p->starts_on),
                                               .ends_on = day_of(p->ends_on),
                                               .cents = p->cents};
    }
}

static void read_rest(struct arena *arena, struct content *out, const Funding__Content *c)
{
    out->answer_count = c->n_answers;
    out->answers = arena_array(arena, c->n_answers, sizeof *out->answers);
    for (size_t i = 0; i < c->n_answers; i++)
        out->answers[i] = (struct answer){.question_id = id_of(&c->answers[i]->question_id), .text = c->answers[i]->text};
    out->part_count = c->n_parts;
    out->parts = arena_array(arena, c->n_parts, sizeof *out->parts);
    for (size_t i = 0; i < c->n_parts; i++)
        out->parts[i] = (struct training_part){.title = c->parts[i]->title,
                                               .scope_tenths = c->parts[i]->scope_tenths,
                                               .credits = c->parts[i]->credits,
                                               .participants = c->parts[i]->participants};
}

const struct content *content_read(struct arena *arena, const Funding__Content *content, struct uuid application, struct uuid owner)
{
    struct content *out = arena_alloc(arena, sizeof *out);

    out->theme_id = id_of(&content->theme_id);
    out->title = content->title;
    out->summary = content->summary;
    out->language = content->language;
    out->iban = content->iban;
    out->starts_on = day_of(content->starts_on);
    out->ends_on = day_of(content->ends_on);
    read_money(arena, &out->consortium, content, application, owner);
    read_packages(arena, &out->consortium, content);
    read_rest(arena, out, content);
    return out;
}

struct span content_pack(struct arena *arena, const Funding__Content *content)
{
    return wire_pack(arena, &content->base);
}

Funding__Content *content_unpack(struct arena *arena, struct span packed)
{
    ProtobufCMessage *message;

    if (wire_unpack(arena, packed, &funding__content__descriptor, &message) != ERR_OK)
        bug("what an applicant has written does not open any more");
    return (Funding__Content *)message;
}
