/* A letter's text as HTML: paragraphs at empty lines, lists where lines begin with "- ", links for http(s) addresses, everything escaped;
 * framed by one plain, accessible layout (language, title, one column, no images, no remote content, dark mode left to the reader). */
#ifndef HV_NOTIFICATION_DOMAIN_HYPERTEXT_H
#define HV_NOTIFICATION_DOMAIN_HYPERTEXT_H
#include "services/notification/domain/letter.h"

void hypertext_of(struct pen *pen, const char *text); /* the inner part */
/* The page around it: before, and after with the link to "choose what you get" ("": without). */
void hypertext_begin(struct pen *pen, enum language language, const char *subject);
void hypertext_end(struct pen *pen, enum language language, const char *preferences_link);

/* Whether an operator's own HTML may stand in a letter: plain elements that are closed again, no scripts, styles, images or anything else
 * that loads or runs, links to http(s) and mailto addresses or {link} only. What its pattern says is pattern_check's. */
bool hypertext_check(struct span html, struct pattern_error *error);

#endif
