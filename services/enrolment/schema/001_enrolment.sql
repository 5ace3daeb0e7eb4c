-- The tables of enrolment. The consistency boundary is the programme: whoever changes a place locks its row first, so that
-- counters, order numbers and the order chain of a programme change in one line. The checks, unique indexes and foreign keys
-- below are the net under the code: the database refuses what a bug would do.
--
-- Counters (taken, waiting, last_order) are kept on the rows and never counted. States: 1 seated, 2 queued, 3 cancelled.

create table programme (
    id             uuid    primary key,
    code           text    not null unique,
    title_fi       text    not null,
    title_sv       text    not null,
    title_en       text    not null,
    credits_tenths integer not null check (credits_tenths >= 0),
    cap            integer not null,
    taken          integer not null default 0,
    waiting        integer not null default 0 check (waiting >= 0),
    last_order     integer not null default 0 check (last_order >= 0),
    reply_hours    integer not null check (reply_hours >= 0),
    version        bigint  not null default 1,
    constraint programme_not_oversold check (taken between 0 and cap)
) with (fillfactor = 50);  -- room on the page for the updates of the counters

create table implementation (
    id             uuid    primary key,
    programme_id   uuid    not null references programme,
    code           text    not null,
    ordinal        integer not null,
    organiser_fi   text    not null,
    organiser_sv   text    not null,
    organiser_en   text    not null,
    title_fi       text    not null,
    title_sv       text    not null,
    title_en       text    not null,
    audience_fi    text    not null,
    audience_sv    text    not null,
    audience_en    text    not null,
    places         text[]  not null,
    region         text    not null,
    mode           smallint not null check (mode between 0 and 3),
    capacity       integer not null,
    waiting_cap    integer not null,
    taken          integer not null default 0,
    waiting        integer not null default 0,
    last_order     integer not null default 0 check (last_order >= 0),
    chain_n        integer not null default 0 check (chain_n >= 0),
    chain_head     bytea   not null check (octet_length(chain_head) = 32),
    chain_at       timestamptz,
    version        bigint  not null default 1,
    unique (programme_id, code),
    unique (id, programme_id),
    constraint implementation_not_oversold check (taken between 0 and capacity),
    constraint implementation_queue_not_overfull check (waiting between 0 and waiting_cap)
) with (fillfactor = 50);

create table unit (                    -- study unit (opintojakso)
    id             uuid    primary key,
    programme_id   uuid    not null references programme,
    ordinal        integer not null,
    title_fi       text    not null,
    title_sv       text    not null,
    title_en       text    not null,
    credits_tenths integer not null check (credits_tenths >= 0),
    unique (programme_id, ordinal)
);

create table webinar (
    unit_id        uuid    not null references unit on delete cascade,
    ordinal        integer not null,
    starts_at      timestamptz not null,
    ends_at        timestamptz not null,
    advance_notice boolean not null,   -- the date may still change
    primary key (unit_id, ordinal),
    check (starts_at <= ends_at)
);

create table eligibility_rule (        -- of a programme, or of one implementation beside those of its programme
    programme_id      uuid    not null references programme,
    implementation_id uuid    references implementation,
    ordinal           integer not null,
    rule              text    not null,
    fact              text    not null,
    allowed           text[]  not null,
    reason_fi         text    not null,
    reason_sv         text    not null,
    reason_en         text    not null,
    unique nulls not distinct (programme_id, implementation_id, ordinal)
);

create table application_window (      -- half-open: [opens_at, closes_at)
    id           uuid        primary key,
    programme_id uuid        not null references programme,
    opens_at     timestamptz not null,
    closes_at    timestamptz not null,
    opened_told  boolean     not null default false,
    closed_told  boolean     not null default false,
    constraint window_not_empty check (opens_at < closes_at)
);
create index application_window_of on application_window (programme_id);

create table person (                  -- id: the account's
    id                uuid   primary key,
    name              text   not null,
    email             text   not null,
    language          text   not null check (language in ('fi', 'sv', 'en')),
    role              text   not null,
    level             text   not null,
    organisation_kind text   not null,
    organisation      text   not null,
    region            text   not null,
    version           bigint not null default 1
);

create table follower (
    programme_id uuid not null references programme,
    person_id    uuid not null,
    primary key (programme_id, person_id)
);

-- The hot table: one row an enrolment, which carries the idempotency key it was made with and its first move (chain_n,
-- chain_hash, first_state), so that an enrolment that is never touched again costs one row and one event.
create table registration (
    id                uuid        primary key,
    programme_id      uuid        not null,
    implementation_id uuid        not null,
    person_id         uuid        not null references person,
    state             smallint    not null check (state between 1 and 3),
    first_state       smallint    not null check (first_state between 1 and 2),
    order_no          integer     not null check (order_no >= 1),
    programme_order   integer     not null check (programme_order >= 1),
    chain_n           integer     not null check (chain_n >= order_no),
    version           bigint      not null default 1,
    received_at       timestamptz not null,
    created_at        timestamptz not null,
    reply_due         timestamptz,
    caller            uuid        not null,
    idempotency_key   bytea       not null check (octet_length(idempotency_key) between 1 and 64),
    request_hash      bytea       not null,
    chain_hash        bytea       not null,
    salt              bytea       not null check (octet_length(salt) = 16),
    foreign key (implementation_id, programme_id) references implementation (id, programme_id),
    constraint registration_order unique (implementation_id, order_no),
    constraint registration_key unique (caller, idempotency_key)
);
create unique index registration_active on registration (person_id, programme_id) where state in (1, 2);
create index registration_past on registration (person_id) where state = 3;
create index registration_queue on registration (implementation_id, programme_order) where state = 2;

create table registration_move (       -- the moves after the first
    implementation_id uuid        not null,
    n                 integer     not null check (n >= 2),
    registration_id   uuid        not null references registration,
    from_state        smallint    not null,
    to_state          smallint    not null,
    moved_at          timestamptz not null,
    actor             uuid,            -- null: the rules did it (promotion)
    reason            text        not null,
    hash              bytea       not null check (octet_length(hash) = 32),
    primary key (implementation_id, n)
);
create index registration_move_of on registration_move (registration_id, n);

create table refusal (                 -- who was refused by which rule, and how often; a person may be unknown here
    programme_id      uuid        not null references programme,
    implementation_id uuid        not null,
    person_id         uuid        not null,
    rule              text        not null,
    times             integer     not null,
    last_at           timestamptz not null,
    primary key (programme_id, person_id, implementation_id, rule)
);
