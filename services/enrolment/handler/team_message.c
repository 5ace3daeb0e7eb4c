/* Teams as messages. See team_message.h. */
#include "services/enrolment/handler/team_message.h"

#include "services/enrolment/handler/convert.h"

Enrolment__Team *team_message(struct workset *w, const struct team *team, size_t members)
{
    Enrolment__Team *m = arena_alloc(w->arena, sizeof *m);

    enrolment__team__init(m);
    m->id = id_bytes(&team->id);
    m->programme_id = id_bytes(&team->programme);
    m->implementation_id = id_bytes(&team->implementation);
    m->leader_id = id_bytes(&team->leader);
    m->name = arena_strdup(w->arena, team->name);
    m->mode = (Enrolment__EnrolTeamRequest__Mode)team->mode;
    m->members = arena_array(w->arena, members, sizeof(Enrolment__Team__Member *));
    return m;
}

void team_message_member(struct workset *w, Enrolment__Team *team, struct uuid id, const struct person *who, const struct registration *r,
                         Bus__Problem *refusal)
{
    Enrolment__Team__Member *m = arena_alloc(w->arena, sizeof *m);
    struct uuid *kept = arena_alloc(w->arena, sizeof *kept);

    *kept = id;
    enrolment__team__member__init(m);
    m->person_id = id_bytes(kept);
    m->name = arena_strdup(w->arena, who != NULL ? who->name : "");
    m->registration = r != NULL ? registration_message(w, r) : NULL;
    m->refusal = refusal;
    team->members[team->n_members++] = m;
}
