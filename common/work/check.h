/* What every use case checks about a request before it looks at a row: the bounds of each field, and the version the caller saw. Each check
 * ends the job with a problem that names the rule and the field (in the JSON's spelling) and returns the fault, so needs can return it. Who
 * may is each service's own (its handler/check.h or who.h). */
#ifndef HV_WORK_CHECK_H
#define HV_WORK_CHECK_H
#include "common/work/job.h"

#define CHECK_NAME_MAX   200 /* characters of a name or title */
#define CHECK_REASON_MAX 500 /* of a reason */

enum err check_signed_in(struct job *job) MUST_CHECK; /* ERR_UNAUTHENTICATED for the public */
enum err check_if_match(struct job *job) MUST_CHECK;  /* ERR_PRECONDITION_REQUIRED when no version was given */
/* In decide: ERR_PRECONDITION, with the present version as a fact, when the caller saw another one. */
enum err check_version(struct job *job, uint64_t version) MUST_CHECK;

enum err check_id(struct job *job, const char *field, const ProtobufCBinaryData *bytes, struct uuid *out) MUST_CHECK;
/* An absent id gives `otherwise`. */
enum err check_id_or(struct job *job, const char *field, const ProtobufCBinaryData *bytes, struct uuid otherwise,
                     struct uuid *out) MUST_CHECK;
/* least..most characters, no control characters; where least is 1 or more, not white space alone. */
enum err check_text(struct job *job, const char *field, const char *text, size_t least, size_t most) MUST_CHECK;
/* The same with line feeds, carriage returns and tabs. */
enum err check_lines(struct job *job, const char *field, const char *text, size_t least, size_t most) MUST_CHECK;
/* least..most of a-z 0-9 . _ and - */
enum err check_code(struct job *job, const char *field, const char *text, size_t least, size_t most) MUST_CHECK;
enum err check_range(struct job *job, const char *field, int64_t value, int64_t least, int64_t most) MUST_CHECK;
/* A file's content: something, and at most so many bytes. */
enum err check_size(struct job *job, const char *field, const ProtobufCBinaryData *content, size_t most) MUST_CHECK;
/* A moment RFC 3339 can write; 0 is a missing one. */
enum err check_time(struct job *job, const char *field, int64_t us) MUST_CHECK;
/* A day as ISO text (common/base/day.h); with *out NULL just checked. */
enum err check_day(struct job *job, const char *field, const char *text, int64_t *out) MUST_CHECK;
/* 0 becomes 50; more than 200 is refused. */
enum err check_page(struct job *job, uint32_t page_size, uint32_t *out) MUST_CHECK;

enum err fail_missing(struct job *job, const char *field);
/* ERR_NOT_FOUND of the id in this field, where a request has several: the gateway adds what it said. */
enum err fail_absent(struct job *job, const char *field);
/* The words that would have been right are told as a fact; allowed may be NULL. */
enum err fail_word(struct job *job, const char *field, const char *value, const char *const *allowed);
void fact_id(struct job *job, const char *name, struct uuid id);
void fact_number(struct job *job, const char *name, uint64_t value);
void fact_time(struct job *job, const char *name, int64_t us);

/* Pages by key: a token is the last key of a page in base64, so a list neither skips nor repeats while rows come and go. */
char *page_token(struct arena *arena, struct span key);
/* An empty token gives an empty key. ERR_INVALID for what page_token did not make, or a key that is not least..most bytes. */
enum err page_key(struct job *job, const char *token, size_t least, size_t most, struct span *key) MUST_CHECK;

#endif
