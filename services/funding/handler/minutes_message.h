/* Extracts of minutes as files. */
#ifndef HV_FUNDING_HANDLER_MINUTES_MESSAGE_H
#define HV_FUNDING_HANDLER_MINUTES_MESSAGE_H
#include "envelope.pb-c.h"
#include "services/funding/store/extract.h"

/* "poytakirjanote-KH-29-2026.pdf", in the language of the case. */
Bus__File *minutes_file(struct arena *arena, struct span content, bool pdf, const char *language, const char *board_code, int32_t section,
                        int32_t year);

#endif
