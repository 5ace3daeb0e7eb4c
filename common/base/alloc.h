/* Memory that never fails: out of memory ends the process with a sentence, so no caller carries that branch.
 * Sizes are bounded by wire/limits.h before anything is allocated. */
#ifndef HV_BASE_ALLOC_H
#define HV_BASE_ALLOC_H
#include <stddef.h>

void *mem_new(size_t size);                           /* zeroed */
void *mem_array(size_t count, size_t size);           /* zeroed; aborts on overflow */
void *mem_grow(void *old, size_t count, size_t size); /* realloc of an array */
char *mem_strdup(const char *text);
void mem_free(void *p); /* NULL is fine */

/* Ends the process: a bug, with a sentence for the log. */
_Noreturn void bug(const char *sentence);

#endif
