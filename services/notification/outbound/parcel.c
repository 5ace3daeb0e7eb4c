/* See parcel.h. */
#include "services/notification/outbound/parcel.h"

#include "services/notification/outbound/mime.h"
#include "services/notification/outbound/paper.h"

/* The files: the letter's document first, then what was attached. Where the document of a decision came with the event, the letter is not
 * printed beside it. */
static enum err files_of(const struct parcel *p, struct arena *arena, struct buf *paper, struct mail *mail)
{
    const struct message *said = &p->due->said;
    struct attachment *files = arena_array(arena, said->attachment_count + 1, sizeof *files);
    size_t count = 0;

    if (kind_of(said->kind)->pdf && said->attachment_count == 0) {
        enum err err = paper_write(
            paper, p->letter,
            &(struct paper_about){.author = p->from->name, .language = p->due->person.language, .created_us = p->due->queued_us});
        if (err != ERR_OK)
            return err;
        files[count++] = (struct attachment){
            .name = span_text(paper_name(p->due->person.language)), .media_type = span_text("application/pdf"), .content = buf_span(paper)};
    }
    for (size_t i = 0; i < said->attachment_count; i++)
        files[count++] = said->attachments[i];
    mail->files = files;
    mail->file_count = count;
    return ERR_OK;
}

enum err parcel_write(struct buf *out, const struct parcel *p, struct arena *arena)
{
    const struct due *due = p->due;
    struct mail mail = {.from_name = p->from->name,
                        .from_address = p->from->address,
                        .to_name = arena_text(arena, due->person.name),
                        .to_address = arena_text(arena, due->person.email),
                        .subject = p->letter->subject,
                        .body = p->letter->text,
                        .html = p->letter->html,
                        .language = language_code(due->person.language),
                        .kind = kind_of(due->said.kind)->name,
                        .calendars = p->calendars,
                        .calendar_count = p->calendar_count,
                        .unsubscribe = p->unsubscribe,
                        .id = due->said.id,
                        .domain = p->from->domain,
                        .date_us = p->date_us};
    struct buf paper = {0};
    enum err err = files_of(p, arena, &paper, &mail);

    if (err == ERR_OK)
        mime_write(out, &mail);
    buf_fini(&paper);
    return err;
}
