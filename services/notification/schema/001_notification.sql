-- The tables of notification: who can be told (recipient), what trainings are called (training and its parts), who follows them,
-- and what was said to whom (message, attempt). Enrolment's ids are used as they are; nothing here is made up twice.

create table recipient (               -- a person, as far as a letter needs them; kept by PersonStored
    id       uuid   primary key,
    name     text   not null,
    email    text   not null,          -- '' : no address known, messages wait
    language text   not null check (language in ('fi', 'sv', 'en')),
    version  bigint not null           -- of the person: an older event changes nothing
);

create table training (                -- a programme and its parts, kept by ProgrammeStored
    id       uuid   primary key,
    code     text   not null,
    title_fi text   not null,
    title_sv text   not null,          -- '' : not translated, the Finnish one is used
    title_en text   not null,
    version  bigint not null
);
create table implementation (
    id           uuid    primary key,
    training_id  uuid    not null references training,
    title_fi     text    not null,
    title_sv     text    not null,
    title_en     text    not null,
    organiser_fi text    not null,
    organiser_sv text    not null,
    organiser_en text    not null,
    places       text    not null,     -- towns, ready to print
    place_count  integer not null check (place_count >= 0)
);
create table unit (                    -- study unit
    id          uuid    primary key,
    training_id uuid    not null references training,
    ordinal     integer not null,
    title_fi    text    not null,
    title_sv    text    not null,
    title_en    text    not null
);
create index unit_training on unit (training_id);
create table webinar (
    unit_id        uuid        not null references unit on delete cascade,
    number         integer     not null,
    starts_at      timestamptz not null,
    ends_at        timestamptz,
    advance_notice boolean     not null,
    primary key (unit_id, number)
);

create table follower (                -- who wants to hear of a programme's windows
    training_id uuid        not null,  -- no foreign key: the programme may come later
    person_id   uuid        not null,
    since       timestamptz not null,
    primary key (training_id, person_id)
);

-- One thing said to one person because of one event. States: domain/message.h. `number` is the order of arrival.
create table message (
    number            bigint      generated always as identity primary key,
    id                uuid        not null unique,  -- Message-ID
    event_id          uuid        not null,
    recipient_id      uuid        not null,         -- no foreign key: the person may come later, in another stream
    kind              smallint    not null check (kind between 1 and 6),
    state             smallint    not null default 1 check (state between 1 and 5),
    training_id       uuid        not null,
    implementation_id uuid,
    registration_id   uuid,
    order_no          integer     not null,
    "position"        integer     not null,
    stood             smallint    not null,
    reply_due         timestamptz,
    opens_at          timestamptz,
    closes_at         timestamptz,
    reason            text        not null,
    queued_at         timestamptz not null,
    next_at           timestamptz,                  -- due then; of a claimed one: when the claim lapses; null: ended
    waits             boolean     not null default false, -- for its recipient's address or its training's name; next_at: looked at again
    claimed_by        smallint,                     -- the sender that has it
    tries             integer     not null default 0,
    doubts            integer     not null default 0,     -- attempts whose outcome nobody knows
    sent_at           timestamptz,
    language          text,                         -- as sent, with subject, body and version of the template
    subject           text,
    body              text,
    template_version  integer,
    unique (recipient_id, event_id, kind),          -- said once
    check ((state in (3, 4)) = (next_at is null)),
    check ((state = 3) = (sent_at is not null)),
    check (not waits or state = 1)
);
create index message_due on message (next_at, number) where state in (1, 5) and not waits;
create index message_waits on message (next_at) where waits;
create index message_claimed on message (claimed_by) where state = 2;
create index message_waits_person on message (recipient_id) where waits;
create index message_waits_training on message (training_id) where waits;
create index message_failed on message (number) where state = 4;
create index message_doubted on message (number) where doubts > 0;

create table attempt (                 -- committed before the connection: an open one after a crash is a doubt
    message    bigint      not null references message,
    number     integer     not null,
    started_at timestamptz not null,
    ended_at   timestamptz,
    smtp_code  integer,
    answer     text,
    primary key (message, number)
);

-- Counters, so that nobody counts rows. One row per counter and connection (slot), so that connections do not wait for each other;
-- the sum over the slots is the number. what: recipient, queued (states 1 and 5), sending, sent, failed, unsure (ever).
-- Slots: 16 per instance of the service, the writer's first; all rows exist from the beginning, so that counting is an update.
create table tally (
    slot integer not null,
    what text    not null,
    n    bigint  not null,
    primary key (slot, what)
) with (fillfactor = 50);
insert into tally (slot, what, n)
select slot, what, 0 from generate_series(0, 255) slot, unnest(array['recipient', 'queued', 'sending', 'sent', 'failed', 'unsure']) what;
