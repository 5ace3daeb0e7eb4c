/* An international bank account number (ISO 13616): two letters of the country, two check digits, and the account. Valid when the number
 * that its characters make, the first four moved to the end, leaves 1 when divided by 97. A Finnish one has 18 characters.
 * Groups of four with a space between are read too; what is kept is without them. */
#ifndef HV_FUNDING_DOMAIN_IBAN_H
#define HV_FUNDING_DOMAIN_IBAN_H
#include <stdbool.h>

#define IBAN_TEXT 35 /* 34 characters and NUL */

/* Writes it without spaces and in capitals; false: it is none, and out is "". */
bool iban_read(char out[IBAN_TEXT], const char *text);

#endif
