/* See page.h. */
#include "services/funding/handler/page.h"

enum err page_after(struct job *job, const char *token, uint32_t size, struct uuid *after, uint32_t *limit)
{
    struct span key;
    enum err err = check_page(job, size, limit);

    *after = (struct uuid){.b = {0}};
    if (err == ERR_OK)
        err = page_key(job, token, sizeof after->b, sizeof after->b, &key);
    if (err == ERR_OK && key.len > 0)
        (void)uuid_read(after, key);
    return err;
}
