/* What people write of a case: checked field by field, and read. Names of people in texts stand in double square brackets. */
#ifndef HV_FUNDING_HANDLER_CASE_CONTENT_H
#define HV_FUNDING_HANDLER_CASE_CONTENT_H
#include "common/work/check.h"
#include "municipal.pb-c.h"
#include "services/funding/domain/municipal_case.h"

/* Lines of a text in which names may stand: each "[[" has its "]]" on the same line. */
enum err case_content_words(struct job *job, const char *field, const char *text, size_t least, size_t most) MUST_CHECK;
/* A name in a field of its own, which is one line without brackets. */
enum err case_content_name(struct job *job, const char *field, const char *name, size_t least) MUST_CHECK;
/* A title: 1..200 characters, and no names in it, as it stands in lists, letters and feeds for good. */
enum err case_content_title(struct job *job, const char *field, const char *title) MUST_CHECK;
enum err case_content_texts(struct job *job, const char *field, Municipal__CaseText *const *texts, size_t count) MUST_CHECK;
enum err case_content_check(struct job *job, const Municipal__CaseContent *content) MUST_CHECK; /* NULL is missing */
/* What people propose, or decide, to nominate: at most `most`. */
enum err case_content_nominations(struct job *job, const char *field, Municipal__Nomination *const *rows, size_t count,
                                  size_t most) MUST_CHECK;

/* Of checked ones; texts are borrowed from the request. */
struct case_text *case_content_read_texts(struct arena *arena, Municipal__CaseText *const *texts, size_t count);
/* Takes the place of title, preparers, texts and impacts. */
void case_content_read(struct arena *arena, struct municipal_case *c, const Municipal__CaseContent *content);
struct nomination *case_content_read_nominations(struct arena *arena, Municipal__Nomination *const *rows, size_t count);

#endif
