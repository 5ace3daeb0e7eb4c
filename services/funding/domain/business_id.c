/* See business_id.h. */
#include "services/funding/domain/business_id.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { DIGITS = 7 };

static const int WEIGHTS[DIGITS] = {7, 9, 10, 5, 8, 4, 2};

static int check_digit(const char *digits) /* -1: none is given out */
{
    int sum = 0;

    for (size_t i = 0; i < DIGITS; i++)
        sum += (digits[i] - '0') * WEIGHTS[i];
    const int rest = sum % 11;
    return rest == 0 ? 0 : rest == 1 ? -1 : 11 - rest;
}

bool business_id_valid(const char *text)
{
    return strlen(text) == DIGITS + 2 && strspn(text, "0123456789") == DIGITS && text[DIGITS] == '-' &&
           check_digit(text) == text[DIGITS + 1] - '0';
}

bool business_id_make(int32_t number, char out[BUSINESS_ID_TEXT])
{
    if (number < 0 || number > 9999999)
        return false;
    (void)snprintf(out, BUSINESS_ID_TEXT, "%07d-", (int)number);
    const int digit = check_digit(out);
    if (digit < 0)
        return false;
    out[DIGITS + 1] = (char)('0' + digit);
    out[DIGITS + 2] = '\0';
    return true;
}
