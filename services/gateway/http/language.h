/* The language of an answer: what the reader asked for in Accept-Language, out of the three the suite speaks. */
#ifndef HV_GATEWAY_LANGUAGE_H
#define HV_GATEWAY_LANGUAGE_H
#include "envelope.pb-c.h"

enum language { LANGUAGE_FI, LANGUAGE_SV, LANGUAGE_EN };

enum language language_of(const char *accept_language);                   /* NULL, or none of ours: Finnish */
const char *language_name(enum language language);                        /* "fi", "sv", "en" */
const char *language_pick(enum language language, const Bus__Text *text); /* falls back to Finnish; never NULL */

#endif
