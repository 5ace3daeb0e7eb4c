/* See check.h. Page tokens are in the URL's base64 without padding. */
#include "common/work/check.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "common/base/day.h"
#include "common/base/time.h"
#include "common/base/utf8.h"

#define VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define LAST_US 253402300799000000LL /* the year 9999: what RFC 3339 can still write */

enum err check_signed_in(struct job *job)
{
    return uuid_is_nil(job->actor) ? job_fail(job, ERR_UNAUTHENTICATED, NULL, NULL, NULL, NULL, NULL) : ERR_OK;
}

enum err check_if_match(struct job *job)
{
    return job->request->if_match != 0 ? ERR_OK : job_fail(job, ERR_PRECONDITION_REQUIRED, NULL, NULL, NULL, NULL, NULL);
}

enum err check_version(struct job *job, uint64_t version)
{
    if (job->request->if_match == version)
        return ERR_OK;
    (void)job_fail(job, ERR_PRECONDITION, "request.precondition", NULL, NULL, NULL, NULL);
    fact_number(job, "version", version);
    return ERR_PRECONDITION;
}

enum err fail_missing(struct job *job, const char *field)
{
    return job_fail(job, ERR_INVALID, "field.missing", field, "Tieto puuttuu", "Uppgiften saknas", "The field is missing");
}

enum err fail_absent(struct job *job, const char *field)
{
    return job_fail(job, ERR_NOT_FOUND, err_text(ERR_NOT_FOUND)->id, field, NULL, NULL, NULL);
}

static const char *join_words(struct job *job, const char *const *words)
{
    const char *all = words[0];

    for (size_t i = 1; words[i] != NULL; i++)
        all = arena_printf(job->arena, "%s, %s", all, words[i]);
    return all;
}

enum err fail_word(struct job *job, const char *field, const char *value, const char *const *allowed)
{
    (void)job_fail(job, ERR_INVALID, "field.word", field, "Arvo ei ole sallittu", "Värdet är inte tillåtet",
                   "The value is not one of those allowed");
    job_fact(job, "value", value);
    if (allowed != NULL)
        job_fact(job, "allowed", join_words(job, allowed));
    return ERR_INVALID;
}

enum err check_id(struct job *job, const char *field, const ProtobufCBinaryData *bytes, struct uuid *out)
{
    if (bytes->len == 0)
        return fail_missing(job, field);
    if (!uuid_read(out, span_of(bytes->data, bytes->len)) || uuid_is_nil(*out))
        return job_fail(job, ERR_INVALID, "field.id", field, "Tunniste ei ole UUID", "Identifieraren är inte ett UUID",
                        "The id is not a UUID");
    return ERR_OK;
}

enum err check_id_or(struct job *job, const char *field, const ProtobufCBinaryData *bytes, struct uuid otherwise, struct uuid *out)
{
    if (bytes->len != 0)
        return check_id(job, field, bytes, out);
    *out = otherwise;
    return ERR_OK;
}

/* A control character, or one that turns what stands behind the text; those in `allowed` are none. */
static bool has_control(struct span text, const char *allowed)
{
    for (size_t i = 0; i < text.len; i++)
        if (utf8_turns(text, i) || (utf8_control(text, i) && strchr(allowed, text.data[i]) == NULL))
            return true;
    return false;
}

/* Nothing that could be read: a name or a reason of spaces alone is none. */
static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

static enum err check_written(struct job *job, const char *field, const char *text, size_t least, size_t most, const char *allowed)
{
    const struct span span = span_text(text);

    if (least > 0 && is_blank(text))
        return fail_missing(job, field);
    if (!utf8_valid(span) || has_control(span, allowed))
        return job_fail(job, ERR_INVALID, "field.text", field, "Tekstissä on merkkejä, jotka eivät kelpaa",
                        "Texten har tecken som inte duger", "The text has characters that are not allowed");
    const size_t count = utf8_count(span);
    if (count >= least && count <= most)
        return ERR_OK;
    (void)job_fail(job, ERR_INVALID, "field.length", field, "Tekstin pituus ei kelpaa", "Textens längd duger inte",
                   "The length of the text is not allowed");
    fact_number(job, "least", least);
    fact_number(job, "most", most);
    return ERR_INVALID;
}

enum err check_text(struct job *job, const char *field, const char *text, size_t least, size_t most)
{
    return check_written(job, field, text, least, most, "");
}

enum err check_lines(struct job *job, const char *field, const char *text, size_t least, size_t most)
{
    return check_written(job, field, text, least, most, "\n\r\t");
}

enum err check_code(struct job *job, const char *field, const char *text, size_t least, size_t most)
{
    const enum err err = check_text(job, field, text, least, most);
    if (err != ERR_OK)
        return err;
    if (strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789._-") == strlen(text))
        return ERR_OK;
    return job_fail(job, ERR_INVALID, "field.code", field, "Käytä vain merkkejä a–z, 0–9, piste, _ ja -",
                    "Använd bara tecknen a–z, 0–9, punkt, _ och -", "Use only a-z, 0-9, dot, _ and -");
}

/* Where a bound may be less than nothing. */
static void fact_bound(struct job *job, const char *name, int64_t value)
{
    job_fact(job, name, arena_printf(job->arena, "%" PRId64, value));
}

enum err check_range(struct job *job, const char *field, int64_t value, int64_t least, int64_t most)
{
    if (value >= least && value <= most)
        return ERR_OK;
    if (most == INT64_MAX)
        (void)job_fail(job, ERR_INVALID, "field.range", field, arena_printf(job->arena, "Luvun on oltava vähintään %" PRId64, least),
                       arena_printf(job->arena, "Talet ska vara minst %" PRId64, least),
                       arena_printf(job->arena, "The number has to be at least %" PRId64, least));
    else
        (void)job_fail(job, ERR_INVALID, "field.range", field,
                       arena_printf(job->arena, "Luvun on oltava %" PRId64 "–%" PRId64 ", ei %" PRId64, least, most, value),
                       arena_printf(job->arena, "Talet ska vara %" PRId64 "–%" PRId64 ", inte %" PRId64, least, most, value),
                       arena_printf(job->arena, "The number has to be %" PRId64 " to %" PRId64 ", not %" PRId64, least, most, value));
    fact_bound(job, "least", least);
    fact_bound(job, "most", most);
    return ERR_INVALID;
}

enum err check_size(struct job *job, const char *field, const ProtobufCBinaryData *content, size_t most)
{
    if (content->len == 0)
        return fail_missing(job, field);
    if (content->len <= most)
        return ERR_OK;
    (void)job_fail(job, ERR_INVALID, "field.size", field,
                   arena_printf(job->arena, "Tiedosto on liian suuri: %zu tavua, enintään %zu", content->len, most),
                   arena_printf(job->arena, "Filen är för stor: %zu byte, högst %zu", content->len, most),
                   arena_printf(job->arena, "The file is too large: %zu bytes, at most %zu", content->len, most));
    fact_number(job, "size", content->len);
    fact_number(job, "most", most);
    return ERR_INVALID;
}

enum err check_time(struct job *job, const char *field, int64_t us)
{
    if (us == 0)
        return fail_missing(job, field);
    if (us > 0 && us <= LAST_US)
        return ERR_OK;
    (void)job_fail(job, ERR_INVALID, "field.range", field, "Ajan on oltava vuosilta 1970–9999", "Tiden ska vara mellan åren 1970 och 9999",
                   "The time has to lie in the years 1970 to 9999");
    fact_bound(job, "least", 1);
    fact_bound(job, "most", LAST_US);
    return ERR_INVALID;
}

/* Written as a day, whether there is such a day or not. */
static bool looks_like_day(const char *text)
{
    static const char FORM[] = "dddd-dd-dd";

    for (size_t i = 0; i < sizeof FORM; i++)
        if (FORM[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != FORM[i])
            return false;
    return true;
}

enum err check_day(struct job *job, const char *field, const char *text, int64_t *out)
{
    int64_t day;

    if (*text == '\0')
        return fail_missing(job, field);
    if (!day_parse(&day, span_text(text)) && looks_like_day(text))
        return job_fail(job, ERR_INVALID, "field.day", field, "Tällaista päivää ei ole kalenterissa vuosina 1970–9999",
                        "Någon sådan dag finns inte i kalendern åren 1970–9999",
                        "There is no such day in the calendar of the years 1970 to 9999");
    if (!day_parse(&day, span_text(text)))
        return job_fail(job, ERR_INVALID, "field.day", field, "Päivän on oltava muotoa 2026-11-22", "Dagen ska skrivas som 2026-11-22",
                        "The day has to be written as 2026-11-22");
    if (out != NULL)
        *out = day;
    return ERR_OK;
}

enum err check_page(struct job *job, uint32_t page_size, uint32_t *out)
{
    *out = page_size == 0 ? 50 : page_size;
    return check_range(job, "pageSize", *out, 1, 200);
}

void fact_id(struct job *job, const char *name, struct uuid id)
{
    char text[UUID_TEXT];
    uuid_format(id, text);
    job_fact(job, name, text);
}

void fact_number(struct job *job, const char *name, uint64_t value)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%" PRIu64, value);
    job_fact(job, name, text);
}

void fact_time(struct job *job, const char *name, int64_t us)
{
    char text[TIME_TEXT];
    time_format(us, text);
    job_fact(job, name, text);
}

char *page_token(struct arena *arena, struct span key)
{
    const size_t room = sodium_base64_encoded_len(key.len, VARIANT);
    char *token = arena_alloc(arena, room);
    return sodium_bin2base64(token, room, key.data, key.len, VARIANT);
}

enum err page_key(struct job *job, const char *token, size_t least, size_t most, struct span *key)
{
    const size_t len = strlen(token);
    uint8_t *bytes = arena_alloc(job->arena, most + 1);
    size_t got = 0;

    *key = span_of(NULL, 0);
    if (len == 0)
        return ERR_OK;
    if (sodium_base642bin(bytes, most, token, len, NULL, &got, NULL, VARIANT) == 0 && got >= least) {
        *key = span_of(bytes, got);
        return ERR_OK;
    }
    return job_fail(job, ERR_INVALID, "field.page-token", "pageToken", "Sivutunniste ei ole tästä luettelosta",
                    "Sidmärket hör inte till den här listan", "The page token does not belong to this list");
}
