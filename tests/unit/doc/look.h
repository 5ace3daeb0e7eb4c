/* Looking at a file the way its reader would: written into a folder of this program and given to another program, whose words come back. */
#ifndef HV_TESTS_DOC_LOOK_H
#define HV_TESTS_DOC_LOOK_H
#include <stddef.h>

#include "common/base/buf.h"

/* Writes the bytes to a file of this name and runs `command` in its folder; what it says (with its complaints), ended by NUL, on the heap.
 * The test fails with those words when the program does not end well. */
char *look(const char *name, const struct buf *bytes, const char *command);
/* How often `part` stands in `text`. */
size_t look_count(const char *text, const char *part);

#endif
