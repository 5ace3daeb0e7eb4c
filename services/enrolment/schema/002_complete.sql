-- What coordinators and participants expect beyond the spine: holds and offers, transfers, teams, invitations, questions, review,
-- learning, the history of changes, and forgetting people. The boundary stays the programme, and its row lock comes first.
--
-- States: 1 seated, 2 queued, 3 cancelled, 4 held, 5 offered, 6 transferred. A held or offered seat is taken as far as the counters
-- go (nobody else can have it) and counted once more in held (so that it is shown as held, and never as full). Reserved seats are
-- not taken yet: they are kept for invitation codes, so nobody without one gets them.

alter table programme
    add column held           integer not null default 0,
    add column reserved       integer not null default 0,
    add column last_pass      integer not null default 0,   -- offers let pass on so far: orders those who did so between two enrolments
    add column last_change    integer not null default 0,   -- lines of its history so far
    add column offer_hours    integer not null default 0 check (offer_hours >= 0),
    add column hold_minutes   integer not null default 0 check (hold_minutes >= 0),
    add column moderated      boolean not null default false,
    add column edit_until     timestamptz,
    add column plan_required  boolean not null default false,
    add column retention_days integer not null default 0 check (retention_days >= 0),  -- 0: kept
    add column forgotten_at   timestamptz,                   -- its people were made anonymous
    drop constraint programme_not_oversold,
    add constraint programme_not_oversold check (taken >= 0 and reserved >= 0 and taken + reserved <= cap),
    add constraint programme_held check (held between 0 and taken);

alter table implementation
    add column held     integer not null default 0,
    add column reserved integer not null default 0,
    add column given_up integer not null default 0 check (given_up >= 0),  -- places given up so far: what a chance is reckoned from
    drop constraint implementation_not_oversold,
    add constraint implementation_not_oversold check (taken >= 0 and reserved >= 0 and taken + reserved <= capacity),
    add constraint implementation_held check (held between 0 and taken);

alter table application_window
    add column quota integer not null default 0,             -- 0: no limit of its own
    add column used  integer not null default 0,
    add constraint window_quota check (quota >= 0 and used >= 0 and (quota = 0 or used <= quota));

alter table eligibility_rule add column review boolean not null default false;  -- not met: to a coordinator, not refused

-- Units and webinars keep their rows and ids from now on: attendance and calendar entries refer to them.
alter table webinar
    add column id        uuid    not null default gen_random_uuid(),
    add column sequence  integer not null default 0,
    add column cancelled boolean not null default false,
    drop constraint webinar_pkey,
    add primary key (id);
alter table webinar alter column id drop default;
create index webinar_of on webinar (unit_id, ordinal);

create table question (                -- what a programme asks beside the facts of eligibility
    programme_id  uuid     not null references programme,
    ordinal       integer  not null,
    code          text     not null,
    kind          smallint not null check (kind between 0 and 4),  -- text, choice, choices, yes or no, number
    title_fi      text     not null,
    title_sv      text     not null,
    title_en      text     not null,
    help_fi       text     not null,
    help_sv       text     not null,
    help_en       text     not null,
    required      boolean  not null,
    sensitive     boolean  not null,
    option_values text[]   not null,
    option_fi     text[]   not null,
    option_sv     text[]   not null,
    option_en     text[]   not null,
    when_code     text     not null,   -- '': always asked
    when_values   text[]   not null,
    primary key (programme_id, ordinal),
    unique (programme_id, code)
);

create table answer (
    registration_id uuid    not null references registration,
    code            text    not null,
    plain           text[],            -- of a question that is not sensitive
    sealed          bytea,             -- of a sensitive one: nonce and ciphertext, bound to registration and code
    key_no          integer,           -- which key sealed it
    primary key (registration_id, code),
    constraint answer_one_form check ((plain is null) = (sealed is not null) and (sealed is null) = (key_no is null))
);
create index answer_sealed on answer (key_no) where sealed is not null;

create table data_key (                -- which key a number means, so that no service seals or opens with another one
    number integer primary key check (number >= 1),
    proof  bytea   not null check (octet_length(proof) = 32)
);

create table team (                    -- a leadership team that enrolled together
    id                uuid        primary key,
    programme_id      uuid        not null references programme,
    implementation_id uuid        not null references implementation,
    leader            uuid,            -- null: forgotten
    name              text        not null,
    mode              smallint    not null check (mode between 1 and 2),
    created_at        timestamptz not null
);
create index team_leader on team (leader);

create table invitation (              -- a code that reserves seats; what is left of it stands in the counters reserved
    id                uuid        primary key,
    programme_id      uuid        not null references programme,
    implementation_id uuid        not null references implementation,
    code              text        not null unique,
    seats             integer     not null check (seats >= 1),
    used              integer     not null default 0,
    early             boolean     not null,
    valid_until       timestamptz,     -- null: until it is revoked
    note              text        not null,
    over              boolean     not null default false,  -- expired or revoked: its rest has been freed
    version           bigint      not null default 1,
    constraint invitation_not_overused check (used between 0 and seats)
);
create index invitation_of on invitation (programme_id);
create index invitation_due on invitation (valid_until) where not over;

-- The registration. line is the place in line of the waiting list as one number (domain/line.h): lower is earlier. team_id,
-- invitation_id and origin_id have no foreign keys, since each would cost every enrolment a check.
alter table registration
    alter column person_id drop not null,   -- null: forgotten; then person_hash keeps the chain valid
    alter column salt      drop not null,
    add column line          bigint,
    add column origin_id     uuid,
    add column team_id       uuid,
    add column invitation_id uuid,
    add column review        smallint not null default 0 check (review between 0 and 3),
    add column condition     text,
    add column person_hash   bytea check (octet_length(person_hash) = 32),
    drop constraint registration_state_check,
    add constraint registration_state_check check (state between 1 and 6),
    drop constraint registration_first_state_check,
    add constraint registration_first_state_check check (first_state in (1, 2, 4)),
    add constraint registration_forgotten check ((person_id is null) = (salt is null) and (person_id is null) = (person_hash is not null)),
    add constraint registration_due check (state not in (4, 5) or reply_due is not null);
update registration set line = (9::bigint << 56) | (programme_order::bigint << 20);
alter table registration alter column line set not null;
drop index registration_active, registration_past, registration_queue;
-- One active registration a person and programme: those that ended differ by their order, so that one index holds the rule, finds what is
-- a person's, and lets the foreign key find quickly that nothing refers to a person who is forgotten. An
-- expression, because a generated column makes every insert copy its whole row (measured: 2 microseconds of an enrolment's 40 here).
create unique index registration_active
    on registration (person_id, programme_id, (case when state in (3, 6) then programme_order else 0 end));
create index registration_queue on registration (implementation_id, line) where state = 2;
create index registration_due_at on registration (reply_due) where state in (4, 5);
create index registration_team on registration (team_id) where team_id is not null;

create table attendance (
    registration_id uuid        not null references registration,
    unit_id         uuid        not null references unit,
    presence        smallint    not null check (presence between 1 and 3),  -- present, partly, absent
    marked_by       uuid,
    marked_at       timestamptz not null,
    primary key (registration_id, unit_id)
);
create index attendance_unit on attendance (unit_id);

create table completion (
    registration_id uuid        not null references registration,
    unit_id         uuid        not null references unit,
    credits_tenths  integer     not null check (credits_tenths >= 0),
    marked_by       uuid,
    marked_at       timestamptz not null,
    primary key (registration_id, unit_id)
);
create index completion_unit on completion (unit_id);

create table plan (                    -- development plan: one's own, or a community's
    id           uuid        primary key,
    programme_id uuid        not null references programme,
    kind         smallint    not null check (kind between 1 and 2),
    title        text        not null,
    body         text        not null,
    handed_in_by uuid,
    handed_in_at timestamptz not null
);
create table plan_of (
    registration_id uuid primary key references registration,
    plan_id         uuid not null references plan
);
create index plan_of_plan on plan_of (plan_id);

create table certificate (             -- made when all is done; what it says stays as it was then
    registration_id uuid        primary key references registration,
    code            text        not null unique,
    person_name     text,              -- null: forgotten
    title_fi        text        not null,
    title_sv        text        not null,
    title_en        text        not null,
    organiser_fi    text        not null,
    organiser_sv    text        not null,
    organiser_en    text        not null,
    credits_tenths  integer     not null,
    completed_at    timestamptz not null,
    withdrawn       boolean     not null default false
);

create table change (                  -- who changed what and why, line by line; append-only
    programme_id    uuid        not null references programme,
    n               integer     not null check (n >= 1),
    changed_at      timestamptz not null,
    actor           uuid,
    call            text        not null,
    field           text        not null,
    was             text        not null,
    becomes         text        not null,
    reason          text        not null,
    registration_id uuid,
    primary key (programme_id, n)
);

create table announcement (
    id                uuid        primary key,
    programme_id      uuid        not null references programme,
    implementation_id uuid,
    subject_fi        text        not null,
    subject_sv        text        not null,
    subject_en        text        not null,
    body_fi           text        not null,
    body_sv           text        not null,
    body_en           text        not null,
    recipients        integer     not null,
    sent_by           uuid,
    sent_at           timestamptz not null
);
create index announcement_of on announcement (programme_id, sent_at desc);

create table chain_publication (       -- heads as they were shown to the public: whoever kept one can hold the chain against it
    implementation_id uuid        not null references implementation,
    n                 integer     not null check (n >= 1),
    hash              bytea       not null check (octet_length(hash) = 32),
    entry_at          timestamptz not null,
    published_at      timestamptz not null,
    primary key (implementation_id, n)
);
create index chain_publication_new on chain_publication (published_at desc);

create table forgotten (               -- people forgotten because it was asked for: ids that lead nowhere any more
    n             bigint      primary key check (n >= 1),  -- in order of commit, so that a reader can go on from a number
    person_id     uuid        not null unique,
    registrations integer     not null,
    given_up      integer     not null,
    forgotten_at  timestamptz not null
);

-- By whom, so that a name can be taken out when somebody is forgotten. None of them is on the way of an enrolment.
create index registration_move_actor on registration_move (actor) where actor is not null;
create index change_actor on change (actor);
create index change_registration on change (registration_id) where registration_id is not null;
create index announcement_sender on announcement (sent_by);
create index attendance_marker on attendance (marked_by);
create index completion_marker on completion (marked_by);
create index plan_by on plan (handed_in_by);
create index plan_programme on plan (programme_id);

-- Where a person's particulars went into the event log, so that they can be taken out of it (event_redact in common/event).
create index event_log_person on event_log (subject) where type = 'enrolment.PersonStored.v1';
-- And the words of a coordinator about a registration. Events of enrolments hold none, so none of them is in it.
create index event_log_told on event_log (subject) where type in (
    'enrolment.Promoted.v1', 'enrolment.Cancelled.v1', 'enrolment.Transferred.v1', 'enrolment.Displaced.v1', 'enrolment.Reviewed.v1',
    'enrolment.Offered.v1', 'enrolment.OfferPassed.v1', 'enrolment.Attended.v1', 'enrolment.UnitCompleted.v1',
    'enrolment.PlanHandedIn.v1', 'enrolment.Completed.v1');
