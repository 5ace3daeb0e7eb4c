/* What a preview shows for a fact that nobody gave, in the language of the template: the Finnish samples are the table's (fact.c), those
 * that are words have Swedish and English ones here. */
#ifndef HV_NOTIFICATION_DOMAIN_SAMPLE_H
#define HV_NOTIFICATION_DOMAIN_SAMPLE_H
#include "services/notification/domain/letter.h"

const char *sample_of(enum fact_name name, enum language language); /* as fact_read reads it */

#endif
