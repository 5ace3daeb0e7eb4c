/* The Finnish business identity code (Y-tunnus): seven digits, "-", a check digit: "0245458-3". The digits are weighed 7 9 10 5 8 4 2 from
 * the left; what is left of their sum divided by 11 gives the check digit: 0 gives 0, 1 is never given out, else 11 less it. */
#ifndef HV_FUNDING_DOMAIN_BUSINESS_ID_H
#define HV_FUNDING_DOMAIN_BUSINESS_ID_H
#include <stdbool.h>
#include <stdint.h>

#define BUSINESS_ID_TEXT 10 /* "1234567-1" and NUL */

bool business_id_valid(const char *text);
/* The code with these seven digits; false: there is none (the remainder is 1), or number is not 0..9999999. */
bool business_id_make(int32_t number, char out[BUSINESS_ID_TEXT]);

#endif
