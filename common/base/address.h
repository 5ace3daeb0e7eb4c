/* An e-mail address that can be written on an envelope and into a header as it stands: no spaces, no line ends, nothing that ends
 * a header or adds a recipient. ASCII only: relays that take other addresses (SMTPUTF8) are an agreement with that relay. One rule for
 * the service that takes an address in and for the one that mails to it, so that nobody enrols whom no mail can reach. */
#ifndef HV_BASE_ADDRESS_H
#define HV_BASE_ADDRESS_H
#include <stdbool.h>

#include "common/base/span.h"

#define ADDRESS_MAX 254 /* RFC 5321 4.5.3.1.3, without the angle brackets */

bool address_valid(struct span address);

#endif
