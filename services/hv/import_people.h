/* A file that `hv import` reads may name people of a municipality by their user names, where the service wants the ids of their accounts:
 * ids are drawn when an account is made, and nobody who writes a file knows them. */
#ifndef HV_HV_IMPORT_PEOPLE_H
#define HV_HV_IMPORT_PEOPLE_H
#include <jansson.h>

#include "services/hv/http.h"

/* Puts personId in the place of every userName of the municipality's officials and seats. HV_NO: some have no open account, and which has
 * been said; else HV_YES, or what asking came to. */
int import_people(struct http *http, json_t *municipality);

#endif
