/* See notices.h. */
#include "tests/service/notification/notices.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/service/notification/facts.h"

Notification__SendMessageRequest notice_new(const unsigned *people, size_t count)
{
    Notification__SendMessageRequest request = NOTIFICATION__SEND_MESSAGE_REQUEST__INIT;

    request.kind = "notice";
    request.recipient_id = arena_array(stage.arena, count + 1, sizeof *request.recipient_id);
    request.n_recipient_id = count;
    for (size_t i = 0; i < count; i++)
        request.recipient_id[i] = facts_bytes(stage.arena, facts_id(people[i]));
    request.facts = arena_array(stage.arena, 4, sizeof *request.facts);
    request.facts[0] = operator_fact("subject", "Tärkeä tieto");
    request.facts[1] = operator_fact("body", "Ensimmäinen rivi.\n\nToinen kappale.");
    request.n_facts = 2;
    return request;
}

const Bus__Reply *notice_say(const Notification__SendMessageRequest *request, const char *key, const Notification__SendMessageReply **out)
{
    ProtobufCMessage *answer;
    const Bus__Reply *reply = line_ask(&line,
                                       &(const struct line_request){.method = "notification.SendMessage",
                                                                    .message = &request->base,
                                                                    .roles = BUS__ROLE__ROLE_ADMIN,
                                                                    .actor = facts_id(OPERATOR_SELF),
                                                                    .answer = &notification__send_message_reply__descriptor,
                                                                    .write = true,
                                                                    .key = key},
                                       &answer);

    if (out != NULL)
        *out = (const Notification__SendMessageReply *)answer;
    return reply;
}

void notice_attach(Notification__SendMessageRequest *request, const char *name, const char *type, const char *content, size_t len)
{
    Notification__Attachment *a = arena_alloc(stage.arena, sizeof *a);

    notification__attachment__init(a);
    a->name = arena_strdup(stage.arena, name);
    a->media_type = arena_strdup(stage.arena, type);
    const struct span copy = arena_copy(stage.arena, span_of(content, len));
    a->content = (ProtobufCBinaryData){copy.len, (uint8_t *)(uintptr_t)copy.data};
    if (request->attachments == NULL)
        request->attachments = arena_array(stage.arena, 8, sizeof *request->attachments);
    request->attachments[request->n_attachments++] = a;
}

const char *notice_id(ProtobufCBinaryData bytes)
{
    char *text = arena_alloc(stage.arena, UUID_TEXT);
    struct uuid id;

    assert_true(uuid_read(&id, span_of(bytes.data, bytes.len)));
    uuid_format(id, text);
    return text;
}

ProtobufCBinaryData notice_find(const char *condition)
{
    struct uuid id;

    assert_true(uuid_parse(&id, span_text(kit_sql(stage.pg, "select id from notification.message where %s", condition))));
    return facts_bytes(stage.arena, id);
}

const Notification__MoveList *notice_moves(ProtobufCBinaryData id)
{
    Notification__GetMessageRequest request = NOTIFICATION__GET_MESSAGE_REQUEST__INIT;
    ProtobufCMessage *answer;

    request.message_id = id;
    assert_int_equal(operator_read("notification.GetMoves", &request.base, &notification__move_list__descriptor, &answer)->err, ERR_OK);
    return (const Notification__MoveList *)answer;
}
