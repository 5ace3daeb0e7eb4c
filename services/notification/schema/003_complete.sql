-- Notification complete: facts instead of a column for each, templates in versions, lanes and times, a log of every change of state,
-- preferences, addresses that do not work, digests, attachments, webhooks, reminders, feeds, and the promise.

-- ---- Messages ------------------------------------------------------------------------------------------------------
-- What a letter can say besides names that lie in tables of their own: {"order": 12, "reply_due": 1769868000000000, "waiting": true}, by
-- the names of domain/fact.h and as store/facts.h writes them. One column for all kinds: a new kind needs no new column.
alter table message
    drop constraint message_kind_check,
    drop constraint message_state_check,
    drop constraint message_check,                                  -- (state in (3, 4)) = (next_at is null)
    drop constraint message_check1,                                 -- (state = 3) = (sent_at is not null)
    drop constraint message_recipient_id_event_id_kind_key,         -- see the indexes below; before all rows are written anew
    add column facts       jsonb       not null default '{}',
    add column topic       smallint    not null default 1 check (topic between 1 and 6),  -- of its kind, for preferences
    add column lane        smallint    not null default 1 check (lane in (1, 2)),         -- 1: one's own matters; 2: many at once
    add column promised_at timestamptz,                             -- the later of its event and not_before: the 10 s count from here
    add column not_before  timestamptz,                             -- of a scheduled one, and of one put off over the night
    add column sends       integer     not null default 0,          -- how often a relay took it: the promise counts the first
    add column why         text        not null default '',         -- of its state: withheld, failed, bounced, called off, or tried in vain
    add column html        text,
    add column read_at     timestamptz,                             -- in the inbox
    add column digest_id   uuid,
    add column reminder_id uuid,
    add column webinar_id  uuid,                                    -- of a moved or coming webinar
    add column webinar_sequence integer not null default 0,         -- of a moved one, at that moment: its calendar entry is no older
    add column origin_id   uuid,                                    -- of a transfer: the registration it came from, whose calendar entries go
    add column origin_version bigint   not null default 0,
    add column registration_version bigint not null default 0,      -- at that moment: part of a calendar entry's SEQUENCE
    add column attached    boolean     not null default false,      -- there are rows in attachment by its event_id
    add column test        boolean     not null default false,
    add column actor       uuid;                                    -- of its last change of state, by hand; null: the rules
update message set promised_at = queued_at, sends = case when state = 3 then 1 else 0 end,
    topic = case when kind in (5, 6) then 5 when kind = 12 then 3 when kind = 13 then 6 when kind in (11, 14) then 2 else 1 end,
    lane = case when kind in (5, 6, 13) then 2 else 1 end,
    facts = jsonb_strip_nulls(jsonb_build_object(
        'order', nullif(order_no, 0), 'position', nullif("position", 0),
        'seated', case when stood = 1 then true end, 'waiting', case when stood = 2 then true end,
        'reply_due', (extract(epoch from reply_due) * 1000000)::bigint,
        'opens', case when kind <> 12 then (extract(epoch from opens_at) * 1000000)::bigint end,
        'closes', case when kind <> 12 then (extract(epoch from closes_at) * 1000000)::bigint end,
        'was', case when kind = 12 and opens_at is distinct from closes_at then (extract(epoch from opens_at) * 1000000)::bigint end,
        'becomes', case when kind = 12 and opens_at is distinct from closes_at then (extract(epoch from closes_at) * 1000000)::bigint end,
        'same', case when kind = 12 and opens_at = closes_at then (extract(epoch from closes_at) * 1000000)::bigint end,
        'called_off', case when kind = 12 and closes_at is null then true end,
        'cause', case cause when 1 then 'given_up' when 2 then 'removed' when 3 then 'rejected' when 4 then 'declined'
                            when 5 then 'expired' end,
        'unreviewed', case when review = 1 then true end, 'conditional', case when review = 2 then true end,
        'reason', nullif(reason, ''), 'credits', nullif(credits_tenths, 0), 'code', nullif(code, '')));
alter table message
    alter column promised_at set not null,
    drop column order_no, drop column "position", drop column stood, drop column reply_due, drop column opens_at, drop column closes_at,
    drop column reason, drop column cause, drop column review, drop column credits_tenths, drop column code,
    alter column training_id drop not null,                         -- a notice is about none
    add constraint message_kind_check check (kind between 1 and 21),
    add constraint message_state_check check (state between 1 and 9),
    add constraint message_next_check check ((state in (1, 2, 5) or (state = 7 and digest_id is null)) = (next_at is not null)), -- 7: its digest
    add constraint message_sent_check check ((state in (3, 8)) = (sent_at is not null));

-- Each index is written for every message, and again for every change of its state: so there are few that hold all of them. That a thing is
-- said once follows from the id, which is made of the event, the recipient and the kind; what is unread is found in the inbox.
drop index message_due;
create index message_due on message (lane, next_at, number) where state in (1, 5) and not waits;
-- Who has what before it in the queue: looked up once per claimed message.
create index message_before on message (recipient_id, number) where state in (1, 2, 5) and not waits;
create index message_inbox on message (recipient_id, number);
create index message_withheld on message (number) where state = 6;
create index message_gathered on message (number) where state = 7;
create index message_digest on message (next_at, recipient_id, topic, number) where state = 7 and digest_id is null;
create index message_bounced on message (number) where state = 8;
create index message_called_off on message (number) where state = 9;
-- What has ended and still has its texts, oldest first within its kind: retention takes them in portions.
alter table message add column bare boolean not null default false;     -- texts, facts and moves have been taken out
create index message_kept on message (kind, greatest(queued_at, promised_at)) where next_at is null and not bare;
create index message_reminder on message (reminder_id) where reminder_id is not null and state in (1, 5, 7);
create index message_attached on message (event_id) where attached;

alter table attempt add column relay text not null default '';      -- host and port

-- Every change of a message's state, by whichever statement: a trigger cannot be forgotten. Claims are in it too, so the log tells the
-- whole life. Whoever changes a state says why and by whose hand (actor) in the same statement; what somebody asked for begins with who.
-- Rows go with the text of their message (retention).
create table message_change (
    message    bigint      not null references message on delete cascade,
    n          integer     not null,
    from_state smallint    not null,                                -- 0: it was made
    to_state   smallint    not null,
    at         timestamptz not null default clock_timestamp(),
    why        text        not null,
    actor      uuid,
    primary key (message, n)
);
alter table message add column changes integer not null default 0;
create function message_changed() returns trigger language plpgsql as $$
begin
    new.changes := old.changes + 1;
    insert into notification.message_change (message, n, from_state, to_state, why, actor)
    values (new.number, new.changes, old.state, new.state, new.why, new.actor);
    return new;
end $$;
create trigger message_changed before update of state on message
    for each row when (old.state is distinct from new.state) execute function message_changed();
create function message_asked() returns trigger language plpgsql as $$
begin
    insert into notification.message_change (message, n, from_state, to_state, why, actor) values (new.number, 0, 0, new.state, new.why, new.actor);
    return null;
end $$;
create trigger message_asked after insert on message for each row when (new.actor is not null) execute function message_asked();

-- What was attached to the messages of one event: kept once, however many people it went to.
create table attachment (
    event_id   uuid    not null,
    n          integer not null check (n between 1 and 5),
    name       text    not null,
    media_type text    not null,
    content    bytea   not null,
    primary key (event_id, n)
);
alter table attachment alter column content set storage external; -- documents are compressed already

insert into tally (slot, what, n)
select slot, what, 0 from generate_series(0, 255) slot, unnest(array['withheld', 'gathered', 'bounced', 'called_off']) what;

-- The promise: of the mails first taken by a relay that day in Helsinki, how many within 10 s. One row a day and connection.
create table promise (
    day    date    not null,
    slot   integer not null,
    sent   bigint  not null,
    within bigint  not null,
    primary key (day, slot)
) with (fillfactor = 50);

-- ---- Templates -----------------------------------------------------------------------------------------------------
-- Append-only: a version is what was sent with it. The current one is the highest; built-in ones come from the program at its start, and
-- only on top of built-in ones: an operator's words stay.
create table template (
    kind       smallint    not null,
    language   text        not null check (language in ('fi', 'sv', 'en')),
    version    integer     not null check (version > 0),
    subject    text        not null,
    "text"     text        not null,
    html       text        not null,                                -- '' : made of the text
    built_in   boolean     not null,
    created_at timestamptz not null,
    created_by uuid,
    primary key (kind, language, version)
);

-- ---- People --------------------------------------------------------------------------------------------------------
alter table recipient add column feed_key bytea;                    -- of the private feed's address; null: none was asked for
create unique index recipient_feed on recipient (feed_key) where feed_key is not null;

create table preference (                                           -- absent: on
    person_id uuid        not null,
    topic     smallint    not null check (topic between 4 and 6),   -- the others cannot be turned off
    mail      smallint    not null check (mail between 1 and 3),    -- on, off, daily
    set_at    timestamptz not null,
    primary key (person_id, topic)
);

create table suppression (                                          -- addresses that get no mail
    address    text        primary key,                             -- in small letters
    reason     smallint    not null check (reason between 1 and 3), -- bounce, complaint, by hand
    since      timestamptz not null,
    note       text        not null,
    message_id uuid
);
create table suppression_change (                                   -- who put an address there or took it away, and why; goes with the person
    number  bigint      generated always as identity primary key,
    address text        not null,
    reason  smallint,                                               -- null: taken away
    at      timestamptz not null,
    note    text        not null,
    actor   uuid                                                    -- null: the rules
);
create index suppression_change_of on suppression_change (address);

create table digest (                                               -- one per person, topic and day: the key is the promise
    id           uuid     primary key,                              -- of its message
    recipient_id uuid     not null,
    topic        smallint not null,
    day          date     not null,
    unique (recipient_id, topic, day)
);

create table link_key (                                             -- what the tokens of links in mails are made with; drawn at the first start
    id  integer primary key check (id = 1),
    key bytea   not null check (length(key) = 32)
);

-- ---- Trainings -----------------------------------------------------------------------------------------------------
alter table webinar
    add column id        uuid,                                      -- as in calendars: null only for rows from before this schema
    add column sequence  integer not null default 0,
    add column cancelled boolean not null default false;
create unique index webinar_id on webinar (id) where id is not null;
create table training_window (
    id          uuid        primary key,
    training_id uuid        not null references training on delete cascade,
    opens_at    timestamptz not null,
    closes_at   timestamptz not null
);
create index training_window_of on training_window (training_id);
create index training_window_closes on training_window (closes_at);
alter table training add column updated_at timestamptz not null default now();   -- for feeds
alter table participant
    add column implementation_id uuid,
    add column version           bigint not null default 0;         -- of the registration: part of a calendar entry's SEQUENCE
drop index participant_of;
create index participant_of on participant (training_id, registration_id);  -- in this order they are told, a portion at a time
alter table implementation add column online boolean not null default false;   -- one may take part from afar

-- ---- Reminders -----------------------------------------------------------------------------------------------------
-- A fact that will be told of when its time comes. Its id is made of the kind and what it is about, so the same fact heard again is the
-- same reminder; a moved fact moves it, one that is gone calls it off.
create table reminder (
    number          bigint      generated always as identity primary key,
    id              uuid        not null unique,
    kind            smallint    not null,
    state           smallint    not null default 1 check (state between 1 and 3),   -- pending, told, called off
    training_id     uuid        not null,
    subject_id      uuid        not null,                           -- window, webinar or registration
    person_id       uuid,                                           -- of one person; null: all whom its kind concerns when it is due
    implementation_id uuid,                                         -- of an offer
    moment          timestamptz not null,                           -- of the fact
    due_at          timestamptz not null,
    times           integer     not null default 0,                 -- how often it was told: a moved fact may be told again
    told            integer     not null default 0,                 -- people, the last time
    told_until      uuid                                            -- of one that is half told: up to this person or registration
);
create index reminder_due on reminder (due_at, number) where state = 1;
create index reminder_training on reminder (training_id) where person_id is null;
create index reminder_moment on reminder (moment);                  -- what lies behind is swept away
create index reminder_person on reminder (person_id) where person_id is not null;
create index reminder_state on reminder (state, number);            -- lists

-- ---- Webhooks ------------------------------------------------------------------------------------------------------
create table webhook (
    id            uuid        primary key,
    url           text        not null,
    description   text        not null,
    types         text[]      not null,                             -- empty: all
    state         smallint    not null check (state in (1, 2)),
    why           text        not null,
    secret        bytea       not null,
    old_secret    bytea,                                            -- signs too until old_until
    old_until     timestamptz,
    failing_since timestamptz,                                      -- the first failure since the last success
    rest_until    timestamptz,                                      -- after a failure nothing goes there before this
    rotated_at    timestamptz,
    created_at    timestamptz not null,
    version       bigint      not null,
    waiting       integer     not null default 0 check (waiting >= 0) -- its deliveries in states 1 and 2: counted, so nobody counts rows
);
create table webhook_delivery (
    number     bigint      generated always as identity primary key,
    id         uuid        not null unique,                         -- webhook-id: the same at every try; made of the next two and the type
    webhook_id uuid        not null references webhook on delete cascade,
    event_id   uuid        not null,
    type       text        not null,
    body       text        not null,
    state      smallint    not null default 1 check (state between 1 and 4),
    tries      integer     not null default 0,
    http_status integer    not null default 0,
    answer     text        not null default '',
    created_at timestamptz not null,
    next_at    timestamptz,                                         -- of a claimed one: when the claim lapses
    claimed_by integer,                                             -- the replica of the service
    done_at    timestamptz,
    check ((state in (1, 2)) = (next_at is not null))
);
-- By webhook, so that one that is disabled or does not answer is stepped over at once, whatever waits for it.
create index webhook_delivery_due on webhook_delivery (webhook_id, next_at, number) where state in (1, 2);
create index webhook_delivery_claimed on webhook_delivery (claimed_by) where state = 2;
create index webhook_delivery_ended on webhook_delivery (done_at) where state in (3, 4);
create index webhook_delivery_failed on webhook_delivery (number) where state = 4;  -- these keep their body, and people are taken out of it
create index webhook_delivery_of on webhook_delivery (webhook_id, number);
