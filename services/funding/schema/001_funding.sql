-- The tables of funding: calls, applications, evaluation, decisions, and what follows a decision. The consistency boundary is the call:
-- whoever decides, pays or moves money locks its row first, then themes, then applications, lowest id first.
--
-- What may never be wrong is refused here, whoever asks (a trigger cannot be forgotten by a route, nor switched off by the service's role):
--   granted <= allocation of the theme and of the call; the partners' amounts = the application's and the award's; the budget's lines and
--   the shares of its funding = the project's cost; planned and paid instalments <= granted; a sent decision is never changed or deleted;
--   a state moves only along table `transition`, and each move leaves a row in table `move`.
-- Sums are columns kept by triggers, with a CHECK on them; by hand they cannot be set ("sum_guard"). Money is in cents.

-- ---- State machines ------------------------------------------------------------------------------------------------
create table transition (                -- what may follow what; from 0: how it begins. The same tables stand in domain/<machine>.c
    machine    text     not null,
    from_state smallint not null,
    to_state   smallint not null,
    primary key (machine, from_state, to_state)
);
insert into transition values
    -- 1 draft, 2 published, 3 resolved (all decisions sent), 4 ended (all is reported and paid), 5 called off
    ('call', 0, 1), ('call', 1, 2), ('call', 2, 1), ('call', 2, 3), ('call', 3, 4), ('call', 1, 5), ('call', 2, 5),
    -- 1 draft, 2 submitted, 3 to be supplemented, 4 withdrawn, 5 decided, 6 lapsed (a draft when the call closed, all when it was called off)
    ('application', 0, 1), ('application', 1, 2), ('application', 1, 4), ('application', 1, 6), ('application', 2, 3), ('application', 3, 2),
    ('application', 2, 4), ('application', 3, 4), ('application', 2, 5), ('application', 3, 5), ('application', 2, 6), ('application', 3, 6),
    -- 1 unhandled, 2 in preparation, 3 plausible, 4 to be rejected, 5 to be granted, 6 decided
    ('assessment', 0, 1), ('assessment', 1, 2), ('assessment', 1, 3), ('assessment', 1, 4), ('assessment', 1, 5), ('assessment', 2, 3),
    ('assessment', 2, 4), ('assessment', 2, 5), ('assessment', 3, 2), ('assessment', 3, 4), ('assessment', 3, 5), ('assessment', 4, 2),
    ('assessment', 4, 3), ('assessment', 4, 5), ('assessment', 5, 2), ('assessment', 5, 3), ('assessment', 5, 4), ('assessment', 4, 6),
    ('assessment', 5, 6),
    -- 1 offered, 2 accepted, 3 refused, 4 closed (reported and paid), 5 annulled (a correction took it away)
    ('award', 0, 1), ('award', 1, 2), ('award', 1, 3), ('award', 2, 4), ('award', 1, 5), ('award', 2, 5),
    -- 1 planned, 2 ordered, 3 sent to the bank, 4 paid, 5 cancelled, 6 came back
    ('instalment', 0, 1), ('instalment', 1, 2), ('instalment', 2, 3), ('instalment', 3, 4), ('instalment', 3, 6), ('instalment', 6, 2),
    ('instalment', 1, 5), ('instalment', 2, 5), ('instalment', 6, 5),
    -- 1 submitted, 2 decided, 3 withdrawn
    ('amendment', 0, 1), ('amendment', 1, 2), ('amendment', 1, 3),
    -- 1 awaited, 2 submitted, 3 content verified, 4 accepted, 5 to be supplemented, 6 not needed any more
    ('report', 0, 1), ('report', 1, 2), ('report', 2, 3), ('report', 3, 4), ('report', 2, 5), ('report', 3, 5), ('report', 5, 2),
    ('report', 1, 6), ('report', 5, 6),
    -- 1 open, 2 met, 3 waived
    ('obligation', 0, 1), ('obligation', 1, 2), ('obligation', 1, 3), ('obligation', 2, 1),
    -- 1 proposed, 2 ordered, 3 paid, 4 waived
    ('recovery', 0, 1), ('recovery', 1, 2), ('recovery', 1, 4), ('recovery', 2, 3), ('recovery', 2, 4),
    -- 1 planned, 2 ongoing, 3 ended, 4 interrupted
    ('project', 0, 1), ('project', 0, 2), ('project', 0, 3), ('project', 1, 2), ('project', 2, 3), ('project', 2, 4), ('project', 4, 2),
    ('project', 1, 4), ('project', 4, 3),
    -- 1 filed, 2 in preparation, 3 proposed, 4 on an agenda, 5 decided, 6 withdrawn
    ('case', 0, 1), ('case', 1, 2), ('case', 2, 3), ('case', 3, 2), ('case', 3, 4), ('case', 4, 3), ('case', 4, 2), ('case', 4, 5),
    ('case', 1, 6), ('case', 2, 6), ('case', 3, 6), ('case', 4, 6),
    -- 1 requested, 2 given, 3 referred to another, 4 not given
    ('statement', 0, 1), ('statement', 1, 2), ('statement', 1, 3), ('statement', 1, 4),
    -- 1 planned, 2 summoned, 3 open, 4 closed, 5 minutes checked, 6 published, 7 cancelled
    ('meeting', 0, 1), ('meeting', 1, 2), ('meeting', 2, 3), ('meeting', 3, 4), ('meeting', 4, 5), ('meeting', 5, 4),
    ('meeting', 5, 6), ('meeting', 1, 7), ('meeting', 2, 7);

create table move (                      -- append-only: who moved what, when and why
    machine    text        not null,
    subject    uuid        not null,
    n          integer     not null,
    from_state smallint    not null,
    to_state   smallint    not null,
    at         timestamptz not null default clock_timestamp(),
    actor      uuid,                     -- null: the rules
    why        text        not null,
    primary key (machine, subject, n)
);

-- Of every table with a state: columns id, state, moves, why, actor. Whoever changes the state says why and by whose hand in the same
-- statement. The name of the machine is the trigger's argument.
create function state_moved() returns trigger language plpgsql set search_path from current as $$
declare
    was smallint := 0;
begin
    if tg_op = 'UPDATE' then
        if new.state = old.state then
            new.moves := old.moves;
            return new;
        end if;
        was := old.state;
        new.moves := old.moves + 1;
    else
        new.moves := 0;
    end if;
    if not exists (select 1 from transition where machine = tg_argv[0] and from_state = was and to_state = new.state) then
        raise exception 'a % cannot go from state % to %', tg_argv[0], was, new.state using errcode = 'check_violation';
    end if;
    insert into move (machine, subject, n, from_state, to_state, actor, why)
    values (tg_argv[0], new.id, new.moves, was, new.state, new.actor, new.why);
    return new;
end $$;

-- Of what is made by the hundred: how all that a statement has written begins, in one go instead of row by row.
create function state_begun() returns trigger language plpgsql set search_path from current as $$
declare
    wrong smallint;
begin
    select n.state into wrong from new_rows n
    where not exists (select 1 from transition t where t.machine = tg_argv[0] and t.from_state = 0 and t.to_state = n.state) limit 1;
    if found then
        raise exception 'a % cannot go from state % to %', tg_argv[0], 0, wrong using errcode = 'check_violation';
    end if;
    if exists (select 1 from new_rows n where n.moves <> 0) then
        raise exception 'a % that begins has not moved yet', tg_argv[0] using errcode = 'check_violation';
    end if;
    insert into move (machine, subject, n, from_state, to_state, actor, why)
    select tg_argv[0], n.id, 0, 0, n.state, n.actor, n.why from new_rows n;
    return null;
end $$;

create function append_only() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are never changed or deleted', tg_table_name using errcode = 'check_violation';
end $$;
create trigger append_only before update or delete on move for each row execute function append_only();
create trigger append_only before insert or update or delete on transition for each row execute function append_only();
-- And a move is written by what moves, never by hand.
create function move_made() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() = 1 then
        raise exception 'a move is written by what moves' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger move_made before insert on move for each row execute function move_made();

-- Sums are moved by the triggers of what they sum, one level deeper than a statement of the service's. Arguments: the sums' columns.
create function sum_guard() returns trigger language plpgsql as $$
declare
    sum text;
begin
    if pg_trigger_depth() = 1 then
        foreach sum in array tg_argv loop
            if to_jsonb(new) -> sum is distinct from to_jsonb(old) -> sum then
                raise exception '%.% is a sum: it moves with what it sums', tg_table_name, sum using errcode = 'check_violation';
            end if;
        end loop;
    end if;
    return new;
end $$;
-- They begin at nought.
create function sum_begins() returns trigger language plpgsql as $$
declare
    sum text;
begin
    foreach sum in array tg_argv loop
        if (to_jsonb(new) ->> sum)::bigint <> 0 then
            raise exception '%.% is a sum: it begins at 0', tg_table_name, sum using errcode = 'check_violation';
        end if;
    end loop;
    return new;
end $$;

-- ---- Register numbers ----------------------------------------------------------------------------------------------
create table register_series (           -- "18/00.01.05/2026" is number 18 of series 00.01.05 in 2026
    series text    not null check (series ~ '^[0-9A-Z.]{1,20}$'),
    year   integer not null check (year between 1990 and 2200),
    last   integer not null check (last >= 0),
    primary key (series, year)
);

-- ---- Organisations -------------------------------------------------------------------------------------------------
create table organisation (
    id          uuid     primary key,
    business_id text     not null unique check (business_id ~ '^[0-9]{7}-[0-9]$'),   -- its check digit: domain/business_id.c
    name_fi     text     not null,
    name_sv     text     not null,
    name_en     text     not null,
    kind        smallint not null check (kind between 1 and 6),    -- education provider, university, municipality, state, company, other
    region      text     not null,
    version     bigint   not null default 1
);

-- ---- Calls ---------------------------------------------------------------------------------------------------------
create table call (
    id                 uuid        primary key,
    code               text        not null unique check (code ~ '^[a-z0-9-]{2,60}$'),
    register_number    text        not null unique,
    state              smallint    not null,
    moves              integer     not null default 0,
    why                text        not null,
    actor              uuid,
    kind               smallint    not null check (kind between 1 and 2),            -- general grant, special grant
    authority          smallint    not null check (authority between 1 and 2),       -- of the state, of a municipality
    authority_fi       text        not null,
    authority_sv       text        not null,
    authority_en       text        not null,
    contact            text        not null,                                         -- who tells more: role, telephone, e-mail of the office
    payee              text        not null default '',                              -- whom recovered money is paid to
    payee_iban         text        not null default '',
    payee_reference    text        not null default '',                              -- how the payment is marked; '': with the register number
    title_fi           text        not null,
    title_sv           text        not null,
    title_en           text        not null,
    purpose_fi         text        not null,
    purpose_sv         text        not null,
    purpose_en         text        not null,
    terms_fi           text        not null,                                         -- of use, as decisions repeat them
    terms_sv           text        not null,
    terms_en           text        not null,
    series             text        not null,                                         -- of its applications' register numbers
    opens_at           timestamptz not null,
    closes_at          timestamptz not null,
    use_from           date        not null,                                         -- period of use of the grants
    use_until          date        not null,
    interim_due        date,                                                         -- of interim reports; null: none is asked for
    final_due          date        not null,
    answer_days        integer     not null check (answer_days between 1 and 365),   -- to refuse a grant; silence accepts
    own_permille       integer     not null check (own_permille between 0 and 1000), -- own financing, of the project's cost
    allocation_cents   bigint      not null check (allocation_cents >= 0),
    themes_cents       bigint      not null default 0,                               -- sum of its themes' allocations
    granted_cents      bigint      not null default 0,                               -- sum of its awards
    sample_permille    integer     not null default 0 check (sample_permille between 0 and 1000), -- of reports drawn for an audit
    version            bigint      not null default 1,
    created_at         timestamptz not null,
    constraint call_times check (opens_at < closes_at and use_from <= use_until and final_due >= use_until),
    constraint call_not_overallocated check (themes_cents between 0 and allocation_cents),
    constraint call_not_overspent check (granted_cents between 0 and allocation_cents)
);
create trigger call_moved before insert or update on call for each row execute function state_moved('call');
create trigger call_sums before update on call for each row execute function sum_guard('themes_cents', 'granted_cents');
create trigger call_sums_begin before insert on call for each row execute function sum_begins('themes_cents', 'granted_cents');

create table call_group (
    id       uuid    primary key,
    call_id  uuid    not null references call,
    ordinal  integer not null,
    title_fi text    not null,
    title_sv text    not null,
    title_en text    not null,
    unique (call_id, ordinal),
    unique (id, call_id)
);
create table theme (
    id               uuid    primary key,
    call_id          uuid    not null references call,
    group_id         uuid    not null,
    ordinal          integer not null,
    title_fi         text    not null,
    title_sv         text    not null,
    title_en         text    not null,
    allocation_cents bigint  not null check (allocation_cents >= 0),
    granted_cents    bigint  not null default 0,
    foreign key (group_id, call_id) references call_group (id, call_id),
    unique (group_id, ordinal),
    unique (id, call_id),
    constraint theme_not_overspent check (granted_cents between 0 and allocation_cents)
);
create trigger theme_sums before update on theme for each row execute function sum_guard('granted_cents');
create trigger theme_sums_begin before insert on theme for each row execute function sum_begins('granted_cents');
create function theme_summed() returns trigger language plpgsql set search_path from current as $$
begin
    if tg_op = 'UPDATE' and new.call_id <> old.call_id then
        raise exception 'a theme stays in its call' using errcode = 'check_violation';
    end if;
    update call set themes_cents = themes_cents + case when tg_op = 'DELETE' then 0 else new.allocation_cents end
                                                - case when tg_op = 'INSERT' then 0 else old.allocation_cents end
    where id = case when tg_op = 'DELETE' then old.call_id else new.call_id end;
    return null;
end $$;
create trigger theme_summed after insert or update of allocation_cents, call_id or delete on theme for each row execute function theme_summed();

create table criterion (
    id       uuid    primary key,
    call_id  uuid    not null references call,
    ordinal  integer not null,
    title_fi text    not null,
    title_sv text    not null,
    title_en text    not null,
    weight   integer not null check (weight between 1 and 100),
    points   integer not null check (points between 1 and 100),    -- the most
    unique (call_id, ordinal),
    unique (id, call_id)
);
create table question (                  -- beside what every application tells
    id       uuid     primary key,
    call_id  uuid     not null references call,
    ordinal  integer  not null,
    title_fi text     not null,
    title_sv text     not null,
    title_en text     not null,
    required boolean  not null,
    most     integer  not null check (most between 1 and 20000),   -- characters
    unique (call_id, ordinal)
);
create table call_file (                 -- what goes with the call: guide, budget model
    call_id    uuid    not null references call,
    ordinal    integer not null check (ordinal between 1 and 20),
    name       text    not null,
    media_type text    not null,
    content    bytea   not null check (octet_length(content) <= 250000),
    primary key (call_id, ordinal)
);
create table official (                  -- who does what in a call
    call_id     uuid     not null references call,
    person_id   uuid     not null,
    role        smallint not null check (role between 1 and 4),    -- preparer, evaluator, presenting official, decision-maker
    responsible boolean  not null default false,
    name        text     not null,                                 -- as it stands in decisions
    title       text     not null,                                 -- official title
    primary key (call_id, person_id, role)
);
create unique index official_responsible on official (call_id) where responsible;
create table official_change (           -- append-only: who set them, when and why; what was changed is told in words
    call_id uuid        not null references call,
    n       bigint      not null,                                  -- the call's version since
    state   smallint    not null,                                  -- of the call then
    at      timestamptz not null default clock_timestamp(),
    actor   uuid        not null,
    words   text        not null,
    primary key (call_id, n)
);
create trigger append_only before update or delete on official_change for each row execute function append_only();

create table call_version (              -- append-only: what it says from this version on, by whose hand; before it, what the row before says
    call_id  uuid        not null references call,
    version  bigint      not null,                                 -- the call's
    saved_at timestamptz not null,
    actor    uuid        not null,
    content  bytea       compression lz4 not null,                 -- funding.CallContent, packed
    primary key (call_id, version)
);
create trigger append_only before update or delete on call_version for each row execute function append_only();

-- ---- Applications --------------------------------------------------------------------------------------------------
create table application (
    id              uuid        primary key,
    call_id         uuid        not null references call,
    theme_id        uuid,                                          -- null: a draft that has not chosen yet
    register_number text        unique,                            -- null: never submitted
    state           smallint    not null,
    moves           integer     not null default 0,
    why             text        not null,
    actor           uuid,
    owner_id        uuid        not null,                          -- the account of the lead's contact
    language        text        not null check (language in ('fi', 'sv', 'en')),
    title           text        not null,
    lead_name       text        not null,
    content_version bigint      not null,                          -- of application_version: what the applicant has written last
    submitted_version bigint    not null default 0,                -- of application_version: what officials see; 0: never submitted
    receipt         text        not null default '' check (receipt ~ '^([0-9a-f]{64})?$'), -- SHA-256 of what was submitted
    contact_told    text        not null default '',               -- the lead's contact, as the last event about it told
    version         bigint      not null default 1,
    created_at      timestamptz not null,
    saved_at        timestamptz not null,
    submitted_at    timestamptz,                                   -- received by the server: what counts (act 13/2003, s. 10)
    total_cents     bigint      not null default 0,                -- of the whole project
    applied_cents   bigint      not null default 0,
    partners_cents  bigint      not null default 0,                -- sums of the rows below
    lines_cents     bigint      not null default 0,
    shares_cents    bigint      not null default 0,
    foreign key (theme_id, call_id) references theme (id, call_id),
    unique (id, call_id),
    constraint application_complete check (state not in (2, 5) or (theme_id is not null and register_number is not null and submitted_at is not null)),
    constraint application_partners_sum check (state not in (2, 5) or partners_cents = applied_cents),
    constraint application_lines_sum check (state not in (2, 5) or lines_cents = total_cents),
    constraint application_shares_sum check (state not in (2, 5) or shares_cents = total_cents),
    constraint application_amounts check (applied_cents >= 0 and total_cents >= applied_cents)
) with (fillfactor = 25);                -- its sums move three times in a submission: room in the page, and no index is touched
create index application_call on application (call_id, state, register_number);
create index application_owner on application (owner_id, id);
create trigger application_begun before insert on application for each row execute function state_moved('application');
create trigger application_moved before update on application for each row when (new.state <> old.state or new.moves <> old.moves)
    execute function state_moved('application');
-- Only where a statement names a sum: applications are written by the thousand before a call closes.
create trigger application_sums before update of partners_cents, lines_cents, shares_cents on application for each row
    execute function sum_guard('partners_cents', 'lines_cents', 'shares_cents');
create trigger application_sums_begin before insert on application for each row
    when (new.partners_cents <> 0 or new.lines_cents <> 0 or new.shares_cents <> 0)
    execute function sum_begins('partners_cents', 'lines_cents', 'shares_cents');
-- What was received stays received: its number, its moment, its call.
create function submission_kept() returns trigger language plpgsql as $$
begin
    raise exception 'what was submitted stays as it was' using errcode = 'check_violation';
end $$;
create trigger application_kept before update on application for each row
    when (old.register_number is not null and (new.register_number is distinct from old.register_number
                                               or new.submitted_at is distinct from old.submitted_at or new.call_id <> old.call_id))
    execute function submission_kept();

-- An application that was received is decided or withdrawn; it lapses only when its call was called off.
create function submission_lapses() returns trigger language plpgsql set search_path from current as $$
begin
    if (select state from call where id = new.call_id) <> 5 then
        raise exception 'what was submitted lapses only when its call is called off' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger application_lapses before update on application for each row when (new.state = 6 and old.state in (2, 3))
    execute function submission_lapses();

create table application_version (       -- every save; retention takes drafts between submissions
    application_id uuid        not null references application,
    version        bigint      not null,
    kind           smallint    not null check (kind between 1 and 4), -- draft, submitted, supplement, official's correction
    saved_at       timestamptz not null,
    actor          uuid,
    content        bytea       compression lz4 not null,              -- funding.Content, packed
    primary key (application_id, version)
);
create trigger version_kept before update or delete on application_version for each row when (old.kind <> 1)
    execute function submission_kept();
create table partner (                   -- of a submitted application, the lead (ordinal 1) among them
    application_id  uuid    not null references application,
    ordinal         integer not null check (ordinal between 1 and 100),
    business_id     text    not null,
    name            text    not null,
    contact_id      uuid    not null,    -- a recipient of letters; the lead's: its account
    contact_name    text    not null,
    contact_email   text    not null,
    language        text    not null check (language in ('fi', 'sv', 'en')),
    cents           bigint  not null check (cents >= 0),
    primary key (application_id, ordinal),
    unique (application_id, business_id)
);
create table budget_line (
    application_id uuid     not null references application,
    ordinal        integer  not null check (ordinal between 1 and 100),
    category       smallint not null check (category between 1 and 8), -- staff, fees, travel, premises, equipment, services, overhead, other
    title          text     not null,
    cents          bigint   not null check (cents >= 0),
    primary key (application_id, ordinal)
);
create table funding_share (             -- who pays the project's cost
    application_id uuid     not null references application,
    ordinal        integer  not null check (ordinal between 1 and 100),
    kind           smallint not null check (kind between 1 and 5), -- the grant applied for, own, municipal, other public, private
    funder         text     not null,
    cents          bigint   not null check (cents >= 0),
    primary key (application_id, ordinal)
);
create table work_package (
    application_id uuid    not null references application,
    ordinal        integer not null check (ordinal between 1 and 50),
    title          text    not null,
    starts_on      date    not null,
    ends_on        date    not null,
    cents          bigint  not null check (cents >= 0),
    primary key (application_id, ordinal)
);
-- One statement moves the sums of all applications it touched. The argument: the sum's column.
create function application_summed() returns trigger language plpgsql set search_path from current as $$
begin
    if tg_op = 'INSERT' then
        execute format('update application a set %1$I = a.%1$I + s.cents from (select application_id, sum(cents) cents from new_rows group by 1) s '
                       'where a.id = s.application_id', tg_argv[0]);
    elsif tg_op = 'DELETE' then
        execute format('update application a set %1$I = a.%1$I - s.cents from (select application_id, sum(cents) cents from old_rows group by 1) s '
                       'where a.id = s.application_id', tg_argv[0]);
    else
        execute format('update application a set %1$I = a.%1$I + s.cents from (select application_id, sum(cents) cents from '
                       '(select application_id, cents from new_rows union all select application_id, -cents from old_rows) d group by 1) s '
                       'where a.id = s.application_id', tg_argv[0]);
    end if;
    return null;
end $$;
create trigger partner_in after insert on partner referencing new table as new_rows for each statement execute function application_summed('partners_cents');
create trigger partner_out after delete on partner referencing old table as old_rows for each statement execute function application_summed('partners_cents');
create trigger partner_set after update on partner referencing old table as old_rows new table as new_rows for each statement
    execute function application_summed('partners_cents');
create trigger line_in after insert on budget_line referencing new table as new_rows for each statement execute function application_summed('lines_cents');
create trigger line_out after delete on budget_line referencing old table as old_rows for each statement execute function application_summed('lines_cents');
create trigger line_set after update on budget_line referencing old table as old_rows new table as new_rows for each statement
    execute function application_summed('lines_cents');
create trigger share_in after insert on funding_share referencing new table as new_rows for each statement execute function application_summed('shares_cents');
create trigger share_out after delete on funding_share referencing old table as old_rows for each statement execute function application_summed('shares_cents');
create trigger share_set after update on funding_share referencing old table as old_rows new table as new_rows for each statement
    execute function application_summed('shares_cents');

create table attachment (
    id             uuid        primary key,
    application_id uuid        not null references application,
    kind           smallint    not null check (kind between 1 and 4), -- plan, budget, agreement, other
    name           text        not null,
    media_type     text        not null,
    sha256         bytea       not null check (octet_length(sha256) = 32),
    content        bytea       not null check (octet_length(content) <= 250000),
    added_at       timestamptz not null,
    actor          uuid        not null,
    removed_at     timestamptz                                     -- a submitted one stays in the file of the case
);
create index attachment_of on attachment (application_id, id);
create function attachment_kept() returns trigger language plpgsql set search_path from current as $$
begin
    if tg_op = 'UPDATE' and (old.removed_at is not null
                             or (new.id, new.application_id, new.kind, new.name, new.media_type, new.sha256, new.content, new.added_at, new.actor)
                             <> (old.id, old.application_id, old.kind, old.name, old.media_type, old.sha256, old.content, old.added_at, old.actor)) then
        raise exception 'an attachment is removed, never changed' using errcode = 'check_violation';
    elsif tg_op = 'DELETE' and exists (select 1 from application_version v where v.application_id = old.application_id and v.kind <> 1
                                       and v.saved_at >= old.added_at) then
        raise exception 'an attachment that was submitted stays' using errcode = 'check_violation';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger attachment_kept before update or delete on attachment for each row execute function attachment_kept();
create table supplement_request (
    id             uuid        primary key,
    application_id uuid        not null references application,
    asked_at       timestamptz not null,
    asked_by       uuid        not null,
    words          text        not null,
    due_on         date        not null,
    answered_at    timestamptz
);
create unique index supplement_open on supplement_request (application_id) where answered_at is null;

-- ---- Evaluation ----------------------------------------------------------------------------------------------------
create table conflict (                  -- of interest (hallintolaki, 27-28 s.): whoever has one takes no part in the application
    application_id uuid        not null references application,
    person_id      uuid        not null,
    reason         text        not null,
    noted_at       timestamptz not null,
    noted_by       uuid        not null,
    ended_at       timestamptz,                                          -- null: it stands; else it was noted by mistake, and taken back
    ended_by       uuid,
    why            text        not null default '',                      -- it was taken back
    primary key (application_id, person_id, noted_at),
    constraint conflict_taken_back check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (why = '')),
    constraint conflict_not_by_oneself check (ended_by <> person_id)
);
create unique index conflict_stands on conflict (application_id, person_id) where ended_at is null;
-- Who takes no part in an application: whoever has a conflict that stands, and who applies. Every question about it is asked here.
create view no_part (application_id, person_id) as
    select c.application_id, c.person_id from conflict c where c.ended_at is null
    union all
    select a.id, a.owner_id from application a;
create table evaluation (                -- one evaluator's view of one application
    application_id uuid        not null references application,
    person_id      uuid        not null,
    verdict        smallint    not null check (verdict between 1 and 3), -- fund, fund in part, do not fund
    cents          bigint      not null check (cents >= 0),              -- recommended
    comment        text        not null,
    points_total   integer     not null check (points_total between 0 and 10000), -- weighted, in hundredths of a per cent of the most
    saved_at       timestamptz not null,
    version        bigint      not null default 1,
    excluded       boolean     not null default false,                   -- a conflict was noted afterwards
    primary key (application_id, person_id)
);
create table score (
    application_id uuid    not null,
    person_id      uuid    not null,
    criterion_id   uuid    not null references criterion,
    points         integer not null check (points >= 0),
    primary key (application_id, person_id, criterion_id),
    foreign key (application_id, person_id) references evaluation
);
create index score_of on score (criterion_id);
-- Evaluations are written while the application waits for its decision; then they stay as what it rests on. The application's row is held:
-- who notes a conflict of interest meanwhile waits, and is seen by who comes after.
create function evaluation_allowed() returns trigger language plpgsql set search_path from current as $$
declare
    a application;
begin
    select * into a from application where id = new.application_id for no key update;
    if a.state not in (2, 3) then
        raise exception 'what is evaluated waits for its decision' using errcode = 'check_violation';
    end if;
    if tg_op = 'UPDATE' and (new.application_id, new.person_id) <> (old.application_id, old.person_id) then
        raise exception 'an evaluation stays with its writer and its application' using errcode = 'check_violation';
    end if;
    if new.person_id = a.owner_id
       or new.excluded <> exists (select 1 from no_part c where c.application_id = new.application_id and c.person_id = new.person_id) then
        raise exception 'whoever has a conflict of interest does not evaluate' using errcode = 'check_violation';
    end if;
    -- One that is kept, or counts again, may be older than a supplement that asks for less.
    if not new.excluded and (tg_op = 'INSERT' or not old.excluded) and new.cents > a.applied_cents then
        raise exception 'more is recommended than was applied for' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger evaluation_allowed before insert or update on evaluation for each row execute function evaluation_allowed();
create function evaluation_kept() returns trigger language plpgsql as $$
begin
    raise exception 'an evaluation is not deleted' using errcode = 'check_violation';
end $$;
create trigger evaluation_kept before delete on evaluation for each row execute function evaluation_kept();
create function score_allowed() returns trigger language plpgsql set search_path from current as $$
declare
    about uuid := case when tg_op = 'DELETE' then old.application_id else new.application_id end;
    a     application;
begin
    select * into a from application where id = about for no key update;
    if a.state not in (2, 3) then
        raise exception 'what is evaluated waits for its decision' using errcode = 'check_violation';
    end if;
    if tg_op <> 'DELETE'
       and not exists (select 1 from criterion k where k.id = new.criterion_id and k.call_id = a.call_id and new.points <= k.points) then
        raise exception 'points are given by a criterion of the call, at most its own' using errcode = 'check_violation';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger score_allowed before insert or update or delete on score for each row execute function score_allowed();
create function conflict_waits() returns trigger language plpgsql set search_path from current as $$
begin
    perform 1 from application where id = new.application_id for no key update;
    return new;
end $$;
create trigger conflict_waits before insert or update on conflict for each row execute function conflict_waits();
create function conflict_excludes() returns trigger language plpgsql set search_path from current as $$
begin
    update evaluation e set excluded = new.ended_at is null from application a
    where a.id = new.application_id and a.state in (2, 3) and e.application_id = a.id and e.person_id = new.person_id;
    return null;
end $$;
create trigger conflict_excludes after insert or update on conflict for each row execute function conflict_excludes();
-- It is taken back once, with a reason, by somebody who has none, and stays to be seen.
create function conflict_kept() returns trigger language plpgsql as $$
begin
    if old.ended_at is not null or new.ended_at is null
       or (new.application_id, new.person_id, new.reason, new.noted_at, new.noted_by)
          <> (old.application_id, old.person_id, old.reason, old.noted_at, old.noted_by) then
        raise exception 'a conflict of interest stays as it was noted' using errcode = 'check_violation';
    end if;
    if exists (select 1 from no_part c where c.application_id = new.application_id and c.person_id = new.ended_by
                                         and c.person_id <> new.person_id) then
        raise exception 'whoever has a conflict of interest takes no part' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger conflict_kept before update on conflict for each row execute function conflict_kept();
create trigger append_only before delete on conflict for each row execute function append_only();
-- Nothing of an application is moved by whoever takes no part in it. Arguments: the column of the application, and the states to which its
-- owner may move it, who answers, asks and reports. The evaluation and the decision have checks of their own.
create function part_taken() returns trigger language plpgsql set search_path from current as $$
declare
    about uuid;
begin
    if tg_argv[0] = 'award_id' then
        about := new.award_id;
    else
        about := new.id;
    end if;
    if exists (select 1 from no_part c where c.application_id = about and c.person_id = new.actor)
       and not (new.state::text = any (tg_argv[1:]) and exists (select 1 from application a where a.id = about and a.owner_id = new.actor)) then
        raise exception 'whoever has a conflict of interest takes no part' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger application_part_taken before update on application for each row when (new.state = 3 and old.state <> 3)
    execute function part_taken('id');

create table remark (                    -- internal comments; public on request after the decision
    id             uuid        primary key,
    application_id uuid        not null references application,
    person_id      uuid        not null,
    at             timestamptz not null,
    words          text        not null
);
create index remark_of on remark (application_id, id);
create function remark_impartial() returns trigger language plpgsql set search_path from current as $$
begin
    if exists (select 1 from no_part c where c.application_id = new.application_id and c.person_id = new.person_id) then
        raise exception 'whoever has a conflict of interest takes no part' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger remark_impartial before insert on remark for each row execute function remark_impartial();
create trigger append_only before update or delete on remark for each row execute function append_only();

-- What the preparers have written for the decision: until it is sent, it is all here.
create table assessment (
    id               uuid        primary key references application,   -- the application's
    call_id          uuid        not null references call,
    state            smallint    not null,
    moves            integer     not null default 0,
    why              text        not null,
    actor            uuid,
    cents            bigint      not null default 0 check (cents >= 0),
    partner_cents    bigint[]    not null default '{}',                -- by the partners' ordinals
    line_cents       bigint[]    not null default '{}',                -- accepted costs, by the lines' ordinals
    purpose          text        not null default '',
    use_from         date,
    use_until        date,
    reasons          smallint[]  not null default '{}',                -- of domain/reason.c
    own_reasons      text        not null default '',
    terms            text        not null default '',
    deviation        text        not null default '',                  -- why it differs from the proposal
    instalments      jsonb       not null default '[]',                -- [{"due": "2021-01-15", "cents": 100}]
    version          bigint      not null default 1
);
create index assessment_call on assessment (call_id, state);
create trigger assessment_moved before insert or update on assessment for each row execute function state_moved('assessment');
create trigger assessment_part_taken before insert or update on assessment for each row execute function part_taken('id');
-- Once the decision is sent it stays, and it is never thrown away.
create function assessment_kept() returns trigger language plpgsql as $$
begin
    raise exception 'what a decision was prepared by stays as it is' using errcode = 'check_violation';
end $$;
create trigger assessment_kept before update on assessment for each row when (old.state = 6) execute function assessment_kept();
create trigger assessment_not_deleted before delete on assessment for each row execute function assessment_kept();
-- Who has presented what is to be decided: as it was in this version of it, and of the application. Whatever is written later is another
-- version, which nobody has presented yet.
create table presentation (
    application_id    uuid        not null references assessment,
    version           bigint      not null,                            -- of the assessment
    submitted_version bigint      not null,                            -- of the application
    person_id         uuid        not null,
    presented_at      timestamptz not null,
    primary key (application_id, version, submitted_version, person_id, presented_at) -- the last one counts: again, after another one
);
create trigger append_only before update or delete on presentation for each row execute function append_only();
create function presentation_allowed() returns trigger language plpgsql set search_path from current as $$
begin
    if not exists (select 1 from assessment s join application a on a.id = s.id
                   where s.id = new.application_id and s.version = new.version and s.state in (4, 5)
                     and a.submitted_version = new.submitted_version) then
        raise exception 'what is presented is prepared, and presented as it is' using errcode = 'check_violation';
    end if;
    if exists (select 1 from no_part c where c.application_id = new.application_id and c.person_id = new.person_id) then
        raise exception 'whoever has a conflict of interest takes no part' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger presentation_allowed before insert on presentation for each row execute function presentation_allowed();

create table assessment_version (        -- append-only: what it says from this version on, by whose hand
    application_id uuid        not null references assessment,
    version        bigint      not null,                               -- the assessment's
    saved_at       timestamptz not null,
    actor          uuid        not null,
    content        bytea       compression lz4 not null,               -- funding.Assessment, packed
    primary key (application_id, version)
);
create trigger append_only before update or delete on assessment_version for each row execute function append_only();

create table proposal (                  -- a choice within the allocations, computed; append-only
    id         uuid        primary key,
    call_id    uuid        not null references call,
    made_at    timestamptz not null,
    actor      uuid        not null,
    input_hash bytea       not null check (octet_length(input_hash) = 32),
    points     bigint      not null,
    cents      bigint      not null,
    words      text        not null
);
create index proposal_call on proposal (call_id, made_at);
create table proposal_row (
    proposal_id    uuid    not null references proposal,
    application_id uuid    not null references application,
    theme_id       uuid    not null references theme,
    points         integer not null,
    cents          bigint  not null,
    chosen         boolean not null,
    why            smallint not null check (why between 1 and 5),      -- chosen, no room, too dear, verdict, not evaluated
    loss           bigint  not null,                                   -- points the whole loses if it were otherwise; -1: it cannot be
    displaces      uuid[]  not null default '{}',                      -- of a "no" as a "yes": the first applications that would have to go
    displaces_all  integer not null default 0,                         -- and how many
    primary key (proposal_id, application_id),
    check (chosen = (why = 1))
);
create index proposal_row_theme on proposal_row (theme_id);
create trigger append_only before update or delete on proposal for each row execute function append_only();
create trigger append_only before update or delete on proposal_row for each row execute function append_only();

-- ---- Decisions -----------------------------------------------------------------------------------------------------
-- Never changed, never deleted: a correction is a new decision that points to the one before (hallintolaki, 50 s.).
create table decision (
    id              uuid        primary key,
    call_id         uuid        not null references call,
    theme_id        uuid        not null,
    application_id  uuid        not null,
    corrects_id     uuid        unique references decision,            -- a chain, not a tree
    granted         boolean     not null,
    cents           bigint      not null check (cents >= 0),
    own_permille    integer     not null,
    purpose         text        not null,
    use_from        date,
    use_until       date,
    reasons         text        not null check (char_length(reasons) > 0),
    terms           text        not null,
    language        text        not null check (language in ('fi', 'sv', 'en')),
    decided_at      timestamptz not null,
    decided_by      uuid        not null,
    presented_by    uuid,                                              -- null: a correction, which the decision-maker makes alone
    answer_until    date,                                              -- to refuse it
    review_days     integer     not null check (review_days in (14, 30)),
    review_version  text        not null,                              -- of the request-for-review instruction
    event_id        uuid        not null,                              -- that told of it: deliveries are found by it
    html            text        compression lz4 not null,
    pdf             bytea       not null,
    sha256          bytea       not null check (octet_length(sha256) = 32),
    made_in         xid8        not null default pg_current_xact_id(), -- its parts come in the same transaction, or never
    foreign key (application_id, call_id) references application (id, call_id),
    foreign key (theme_id, call_id) references theme (id, call_id),
    check (granted = (cents > 0)),
    constraint decision_two_people check (decided_by <> presented_by and (presented_by is not null or corrects_id is not null)),
    check (not granted or (use_from <= use_until and answer_until is not null and purpose <> '')),
    check (sha256 = sha256(pdf))
);
alter table decision alter column pdf set storage external;            -- it is compressed already
create unique index decision_first on decision (application_id) where corrects_id is null;
create index decision_call on decision (call_id, id);
create index decision_application on decision (application_id);
create table decision_partner (
    decision_id uuid    not null references decision,
    ordinal     integer not null,
    business_id text    not null,
    name        text    not null,
    cents       bigint  not null check (cents >= 0),
    primary key (decision_id, ordinal)
);
create table decision_line (
    decision_id    uuid     not null references decision,
    ordinal        integer  not null,
    category       smallint not null,
    title          text     not null,
    applied_cents  bigint   not null check (applied_cents >= 0),
    accepted_cents bigint   not null check (accepted_cents >= 0),
    primary key (decision_id, ordinal)
);
create trigger append_only before update or delete on decision for each row execute function append_only();
create trigger append_only before update or delete on decision_partner for each row execute function append_only();
create trigger append_only before update or delete on decision_line for each row execute function append_only();
-- Whatever was written there: parts are told from later ones by it.
create function decision_begins() returns trigger language plpgsql as $$
begin
    new.made_in := pg_current_xact_id();
    return new;
end $$;
create trigger decision_begins before insert on decision for each row execute function decision_begins();
create function decision_part_in_time() returns trigger language plpgsql set search_path from current as $$
begin
    if exists (select 1 from (select distinct decision_id from new_rows) n join decision d on d.id = n.decision_id
               where d.made_in <> pg_current_xact_id()) then
        raise exception 'nothing is added to a decision that was made' using errcode = 'check_violation';
    end if;
    return null;
end $$;
-- What is looked at when the transaction ends can be looked at earlier, if somebody asks for it: after that no partner gets a cent more.
create function decision_partners_within() returns trigger language plpgsql set search_path from current as $$
begin
    if exists (select 1 from (select distinct decision_id from new_rows) n join decision d on d.id = n.decision_id
               where d.cents < (select sum(p.cents) from decision_partner p where p.decision_id = d.id)) then
        raise exception 'the partners'' amounts are more than the award' using errcode = 'check_violation';
    end if;
    return null;
end $$;
create trigger decision_partners_within after insert on decision_partner referencing new table as new_rows for each statement
    execute function decision_partners_within();
create trigger decision_partner_in_time after insert on decision_partner referencing new table as new_rows for each statement
    execute function decision_part_in_time();
create trigger decision_line_in_time after insert on decision_line referencing new table as new_rows for each statement
    execute function decision_part_in_time();

create table award (                     -- what the decisions of one application come to
    id             uuid        primary key references application,     -- the application's
    call_id        uuid        not null references call,
    theme_id       uuid        not null references theme,
    decision_id    uuid        not null references decision,           -- the one in force
    state          smallint    not null,
    moves          integer     not null default 0,
    why            text        not null,
    actor          uuid,
    decided_cents  bigint      not null,                               -- by the decision in force
    granted_cents  bigint      not null check (granted_cents >= 0),    -- 0 once refused or annulled
    planned_cents  bigint      not null default 0,
    paid_cents     bigint      not null default 0,
    returned_cents bigint      not null default 0,                     -- paid back
    answer_until   date,
    use_until      date,                                               -- moves with an extension
    version        bigint      not null default 1,
    constraint award_not_overplanned check (planned_cents between 0 and granted_cents),
    constraint award_not_overpaid check (paid_cents between 0 and granted_cents),
    constraint award_not_overreturned check (returned_cents between 0 and paid_cents)
);
create index award_call on award (call_id, state);
create index award_answer on award (answer_until) where state = 1;

-- The decision makes the award, and the award moves the sums of theme and call: whoever writes a decision by hand is held to the same caps.
-- Decisions are sent by the hundred: what a statement has written is looked at in one go, and a sum moves once for all of it.
create function decision_awards() returns trigger language plpgsql set search_path from current as $$
declare
    d record;
begin
    insert into award (id, call_id, theme_id, decision_id, state, why, actor, decided_cents, granted_cents, answer_until, use_until)
    select n.application_id, n.call_id, n.theme_id, n.id, 1, 'decision', n.decided_by, n.cents, n.cents, n.answer_until, n.use_until
    from new_rows n where n.corrects_id is null and n.granted;
    for d in select * from new_rows n where n.corrects_id is not null loop
        if not exists (select 1 from decision b where b.id = d.corrects_id and b.application_id = d.application_id and b.call_id = d.call_id) then
            raise exception 'a correction is about the same application' using errcode = 'check_violation';
        end if;
        if d.granted and exists (select 1 from award a where a.id = d.application_id and a.state in (3, 5)) then
            raise exception 'an award that was refused or annulled cannot be granted again' using errcode = 'check_violation';
        end if;
        -- What was planned is planned anew by whoever corrects, after this.
        update instalment i set state = 5, why = 'correction', actor = d.decided_by where i.award_id = d.application_id and i.state = 1;
        update award a set decision_id = d.id, theme_id = d.theme_id, decided_cents = d.cents, granted_cents = d.cents,
                           state = case when d.granted then a.state else 5 end, why = 'correction', actor = d.decided_by,
                           answer_until = d.answer_until, use_until = d.use_until, version = a.version + 1
        where a.id = d.application_id;
        if not found and d.granted then
            insert into award (id, call_id, theme_id, decision_id, state, why, actor, decided_cents, granted_cents, answer_until, use_until)
            values (d.application_id, d.call_id, d.theme_id, d.id, 1, 'correction', d.decided_by, d.cents, d.cents, d.answer_until, d.use_until);
        end if;
    end loop;
    return null;
end $$;
create trigger decision_awards after insert on decision referencing new table as new_rows for each statement execute function decision_awards();

-- At COMMIT, when all rows of the decision are there.
create function decision_adds_up() returns trigger language plpgsql set search_path from current as $$
declare
    partners bigint;
    applied  bigint;
    decided  smallint;
    owner    uuid;
begin
    select coalesce(sum(cents), 0) into partners from decision_partner where decision_id = new.id;
    if partners <> new.cents then
        raise exception 'the partners'' amounts are % cents, the award is %', partners, new.cents using errcode = 'check_violation';
    end if;
    select applied_cents, state, owner_id into applied, decided, owner from application where id = new.application_id;
    if new.cents > applied then
        raise exception 'more is granted than was applied for' using errcode = 'check_violation';
    end if;
    if decided <> 5 or (select state from call where id = new.call_id) not in (2, 3) then
        raise exception 'a decision ends its application, in a call that is published or resolved' using errcode = 'check_violation';
    end if;
    if owner in (new.decided_by, new.presented_by)
       or exists (select 1 from no_part c where c.application_id = new.application_id and c.person_id in (new.decided_by, new.presented_by)) then
        raise exception 'whoever has a conflict of interest takes no part in the decision' using errcode = 'check_violation';
    end if;
    if new.corrects_id is null -- as it is: sending makes it one version more
       and not exists (select 1 from assessment s join application a on a.id = s.id
                       join presentation p on p.application_id = s.id and p.version = s.version - (s.state = 6)::int
                                              and p.submitted_version = a.submitted_version
                       where s.id = new.application_id and p.person_id = new.presented_by) then
        raise exception 'a decision is presented before it is made' using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger decision_adds_up after insert on decision deferrable initially deferred for each row execute function decision_adds_up();

create function award_guard() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() = 1 and (new.granted_cents <> old.granted_cents or new.decided_cents <> old.decided_cents
                                   or new.decision_id <> old.decision_id or new.theme_id <> old.theme_id or new.call_id <> old.call_id) then
        raise exception 'an award moves with its decisions' using errcode = 'check_violation';
    end if;
    if new.state in (3, 5) and new.state <> old.state then
        new.granted_cents := 0;
    end if;
    return new;
end $$;
create trigger award_guard before update on award for each row execute function award_guard();
create trigger award_begun after insert on award referencing new table as new_rows for each statement execute function state_begun('award');
create trigger award_moved before update on award for each row when (new.state <> old.state or new.moves <> old.moves)
    execute function state_moved('award');
create trigger award_sums before update on award for each row execute function sum_guard('planned_cents', 'paid_cents', 'returned_cents');
create function award_made() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() = 1 then
        raise exception 'an award is made by a decision' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger award_made before insert on award for each row execute function award_made();
create function award_kept() returns trigger language plpgsql as $$
begin
    raise exception 'an award is not deleted' using errcode = 'check_violation';
end $$;
create trigger award_kept before delete on award for each row execute function award_kept();
create function award_added() returns trigger language plpgsql set search_path from current as $$
begin
    update call c set granted_cents = c.granted_cents + s.cents
    from (select n.call_id, sum(n.granted_cents)::bigint as cents from new_rows n group by n.call_id) s where c.id = s.call_id;
    update theme t set granted_cents = t.granted_cents + s.cents
    from (select n.theme_id, sum(n.granted_cents)::bigint as cents from new_rows n group by n.theme_id) s where t.id = s.theme_id;
    return null;
end $$;
create trigger award_added after insert on award referencing new table as new_rows for each statement execute function award_added();
create function award_summed() returns trigger language plpgsql set search_path from current as $$
begin
    update call set granted_cents = granted_cents + new.granted_cents - old.granted_cents where id = new.call_id;
    if new.theme_id <> old.theme_id then
        update theme set granted_cents = granted_cents - old.granted_cents where id = old.theme_id;
        update theme set granted_cents = granted_cents + new.granted_cents where id = new.theme_id;
    else
        update theme set granted_cents = granted_cents + new.granted_cents - old.granted_cents where id = new.theme_id;
    end if;
    return null;
end $$;
create trigger award_summed after update on award for each row when (new.granted_cents <> old.granted_cents or new.theme_id <> old.theme_id)
    execute function award_summed();

create table decision_view (             -- who has opened a decision, and when
    decision_id uuid        not null references decision,
    person_id   uuid        not null,
    at          timestamptz not null,
    form        smallint    not null check (form between 1 and 3),     -- HTML, PDF, JSON
    primary key (decision_id, person_id, at, form)
);
create trigger append_only before update or delete on decision_view for each row execute function append_only();

-- ---- After the decision --------------------------------------------------------------------------------------------
create table instalment (
    id         uuid        primary key,
    award_id   uuid        not null references award,
    ordinal    integer     not null check (ordinal between 1 and 51),    -- one more than can be planned: what the final report leaves of one
    cents      bigint      not null check (cents > 0),
    due_on     date        not null,
    state      smallint    not null,
    moves      integer     not null default 0,
    why        text        not null,
    actor      uuid,
    iban       text        not null default '',                        -- as it was when it was ordered
    reference  text        not null default '',                        -- of the bank
    paid_on    date,
    version    bigint      not null default 1,
    unique (award_id, ordinal),
    check ((state = 4) = (paid_on is not null))
);
create index instalment_due on instalment (due_on) where state = 1;
create trigger instalment_begun after insert on instalment referencing new table as new_rows for each statement
    execute function state_begun('instalment');
create trigger instalment_moved before update on instalment for each row execute function state_moved('instalment');
create trigger instalment_part_taken before update on instalment for each row when (new.state <> old.state)
    execute function part_taken('award_id', '5');
-- Whoever ordered an instalment does not send it.
create function instalment_four_eyes() returns trigger language plpgsql as $$
begin
    raise exception 'an instalment is sent by another person than ordered it' using errcode = 'check_violation';
end $$;
create trigger instalment_four_eyes before update on instalment for each row
    when (old.state = 2 and new.state = 3 and new.actor = old.actor) execute function instalment_four_eyes();
create function instalment_added() returns trigger language plpgsql set search_path from current as $$
begin
    update award a set planned_cents = a.planned_cents + s.cents -- each begins as planned
    from (select n.award_id, sum(n.cents)::bigint as cents from new_rows n group by n.award_id) s where a.id = s.award_id;
    if exists (select 1 from new_rows n join report r on r.award_id = n.award_id and r.kind = 2 and r.state = 4
               join award a on a.id = n.award_id where r.used_cents < a.planned_cents) then
        raise exception 'no more is paid than the accepted final report shows as used' using errcode = 'check_violation';
    end if;
    return null;
end $$;
create trigger instalment_added after insert on instalment referencing new table as new_rows for each statement
    execute function instalment_added();
create function instalment_summed() returns trigger language plpgsql set search_path from current as $$
declare
    planned bigint;
    paid    bigint;
    used    bigint;
begin
    if tg_op = 'DELETE' or old.award_id <> new.award_id then
        raise exception 'an instalment is cancelled, not deleted or moved' using errcode = 'check_violation';
    end if;
    if old.state <> 1 and new.cents <> old.cents then
        raise exception 'what was ordered stays as it was ordered' using errcode = 'check_violation';
    end if;
    planned := case when new.state <> 5 then new.cents else 0 end - case when old.state <> 5 then old.cents else 0 end;
    paid := case when new.state = 4 then new.cents else 0 end - case when old.state = 4 then old.cents else 0 end;
    update award set planned_cents = planned_cents + planned, paid_cents = paid_cents + paid where id = new.award_id
    returning planned_cents into planned;
    -- Once the final report is accepted nothing beyond what was used is planned, ordered, sent or paid.
    if new.state in (1, 2, 3, 4) and new.state <> old.state then
        select r.used_cents into used from report r where r.award_id = new.award_id and r.kind = 2 and r.state = 4;
        if used < planned then
            raise exception 'no more is paid than the accepted final report shows as used' using errcode = 'check_violation';
        end if;
    end if;
    return null;
end $$;
create trigger instalment_summed after update or delete on instalment for each row execute function instalment_summed();

create table amendment (                 -- a change application (muutoshakemus), decided part by part
    id           uuid        primary key,
    award_id     uuid        not null references award,
    state        smallint    not null,
    moves        integer     not null default 0,
    why          text        not null,
    actor        uuid,
    reasons      text        not null,
    submitted_at timestamptz not null,
    decided_at   timestamptz,
    late         boolean     not null,                                 -- less than 30 days before the end of use: practice, a warning
    version      bigint      not null default 1
);
create unique index amendment_open on amendment (award_id) where state = 1;
create index amendment_of on amendment (award_id);
-- What was asked stays as it was asked, and what was decided or withdrawn as it was decided or withdrawn.
create trigger amendment_ended before update on amendment for each row when (old.state <> 1) execute function append_only();
create trigger amendment_kept before delete on amendment for each row execute function append_only();
create trigger amendment_moved before insert or update on amendment for each row execute function state_moved('amendment');
create trigger amendment_part_taken before update on amendment for each row when (new.state <> old.state)
    execute function part_taken('award_id', '3');
create table amendment_part (
    amendment_id uuid     not null references amendment,
    kind         smallint not null check (kind between 1 and 4),       -- longer use, content, budget, partners
    asked        jsonb    not null,
    outcome      smallint not null default 0 check (outcome between 0 and 3), -- open, accepted, accepted with changes, rejected
    accepted     jsonb,
    reason       text     not null default '',
    decided_by   uuid,
    primary key (amendment_id, kind)
);
create function amendment_part_kept() returns trigger language plpgsql set search_path from current as $$
begin
    if tg_op = 'DELETE' or (tg_op = 'UPDATE' and (new.amendment_id, new.kind, new.asked) is distinct from (old.amendment_id, old.kind, old.asked))
       or not exists (select 1 from amendment m where m.id = new.amendment_id and m.state = 1) then
        raise exception 'what was asked, or decided, stays as it was' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger amendment_part_kept before insert or update or delete on amendment_part for each row execute function amendment_part_kept();

create table report (
    id           uuid        primary key,
    award_id     uuid        not null references award,
    kind         smallint    not null check (kind between 1 and 2),    -- interim, final
    due_on       date        not null,
    state        smallint    not null,
    moves        integer     not null default 0,
    why          text        not null,
    actor        uuid,
    content      bytea       not null default '',                      -- funding.ReportContent, packed
    used_cents   bigint      not null default 0 check (used_cents >= 0),
    submitted_at timestamptz,
    verified_by  uuid,                                                 -- content; the second reviewer is another person
    accepted_by  uuid,                                                 -- money
    sampled      boolean     not null default false,                   -- drawn for a closer audit
    version      bigint      not null default 1,
    unique (award_id, kind),
    constraint report_four_eyes check (accepted_by is null or accepted_by <> verified_by),
    constraint report_steps check ((state <> 3 or verified_by is not null) and (state <> 4 or (verified_by is not null and accepted_by is not null)))
);
create index report_due on report (due_on) where state in (1, 5);
create trigger report_begun after insert on report referencing new table as new_rows for each statement execute function state_begun('report');
create trigger report_moved before update on report for each row execute function state_moved('report');
create trigger report_part_taken before update on report for each row when (new.state <> old.state)
    execute function part_taken('award_id', '2', '6');
-- At COMMIT: with its acceptance a final report has settled what is still to be paid, and no instalment grows afterwards.
create function report_settles() returns trigger language plpgsql set search_path from current as $$
begin
    if exists (select 1 from award w join report r on r.award_id = w.id and r.kind = 2 and r.state = 4
               where w.id = new.award_id and w.planned_cents > greatest(r.used_cents, w.paid_cents)) then
        raise exception 'no more is paid than the accepted final report shows as used' using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger report_settles after update on report deferrable initially deferred for each row
    when (new.state = 4 and new.kind = 2 and old.state <> 4) execute function report_settles();
create constraint trigger report_settles after update on instalment deferrable initially deferred for each row
    when (new.cents > old.cents) execute function report_settles();
create function report_ended() returns trigger language plpgsql as $$
begin
    if new.used_cents <> old.used_cents or new.award_id <> old.award_id or new.kind <> old.kind then
        raise exception 'an accepted report stays as it was' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger report_ended before update on report for each row when (old.state = 4) execute function report_ended();
create table report_handed_in (          -- each report as it was handed in: one that is returned is mended, and what it said before stays
    report_id    uuid        not null references report,
    n            integer     not null,
    submitted_at timestamptz not null,
    used_cents   bigint      not null,
    content      bytea       not null,
    primary key (report_id, n)
);
create trigger append_only before update or delete on report_handed_in for each row execute function append_only();
create function report_kept() returns trigger language plpgsql set search_path from current as $$
begin
    insert into report_handed_in (report_id, n, submitted_at, used_cents, content)
    values (new.id, new.moves, new.submitted_at, new.used_cents, new.content);
    return null;
end $$;
create trigger report_kept after update on report for each row when (new.state = 2 and old.state <> 2) execute function report_kept();

create table obligation (                -- what a recipient has to do by when; reminders follow from the events about it
    id       uuid     primary key,
    award_id uuid     not null references award,
    kind     smallint not null check (kind between 1 and 4),           -- answer to the grant, interim report, final report, payment back
    due_on   date     not null,
    state    smallint not null,
    moves    integer  not null default 0,
    why      text     not null,
    actor    uuid,
    late     boolean  not null default false,                          -- the day passed and it was told
    version  bigint   not null default 1
);
create index obligation_of on obligation (award_id, kind);
create index obligation_due on obligation (due_on) where state = 1 and not late;
create trigger obligation_begun after insert on obligation referencing new table as new_rows for each statement
    execute function state_begun('obligation');
create trigger obligation_moved before update on obligation for each row execute function state_moved('obligation');
create trigger obligation_part_taken before update on obligation for each row when (new.state <> old.state)
    execute function part_taken('award_id', '1', '2', '3');

create table recovery (                  -- money that comes back (valtionavustuslaki 20-22 s.)
    id         uuid        primary key,
    award_id   uuid        not null references award,
    kind       smallint    not null check (kind between 1 and 3),      -- returned unasked, mandatory, discretionary
    cents      bigint      not null check (cents > 0),
    reasons    text        not null,
    due_on     date        not null,
    state      smallint    not null,
    moves      integer     not null default 0,
    why        text        not null,
    actor      uuid,
    paid_on    date,
    version    bigint      not null default 1,
    constraint recovery_small_only_waived check (state <> 4 or kind = 3 or cents <= 10000) -- s. 20: at most 100 euros may be left; s. 22: at discretion
);
create trigger recovery_moved before insert or update on recovery for each row execute function state_moved('recovery');
create trigger recovery_part_taken before insert or update on recovery for each row execute function part_taken('award_id');
create function recovery_summed() returns trigger language plpgsql set search_path from current as $$
begin
    if new.award_id <> old.award_id or (old.state <> 1 and (new.cents <> old.cents or new.kind <> old.kind)) then
        raise exception 'what was ordered stays as it was ordered' using errcode = 'check_violation';
    end if;
    if new.state = 3 and old.state <> 3 then
        update award set returned_cents = returned_cents + new.cents where id = new.award_id;
    end if;
    return null;
end $$;
create trigger recovery_summed after update on recovery for each row execute function recovery_summed();
create function recovery_kept() returns trigger language plpgsql as $$
begin
    if old.state <> 1 then
        raise exception 'what was ordered stays as it was ordered' using errcode = 'check_violation';
    end if;
    return old;
end $$;
create trigger recovery_kept before delete on recovery for each row execute function recovery_kept();

-- What is decided of a grant later is a decision too, with a document of its own: of a change application, or of money that comes back.
create table follow_decision (
    id             uuid        primary key,
    award_id       uuid        not null references award,
    kind           smallint    not null check (kind between 1 and 2),  -- change application, recovery
    subject_id     uuid        not null unique,                        -- the amendment or recovery
    decided_at     timestamptz not null,
    decided_by     uuid        not null,
    language       text        not null check (language in ('fi', 'sv', 'en')),
    review_days    integer     not null check (review_days in (14, 30)),
    review_version text        not null,                               -- of the request-for-review instruction
    event_id       uuid        not null,                               -- that told of it: deliveries are found by it
    html           text        compression lz4 not null,
    pdf            bytea       not null,
    sha256         bytea       not null check (octet_length(sha256) = 32),
    check (sha256 = sha256(pdf))
);
alter table follow_decision alter column pdf set storage external;     -- it is compressed already
create index follow_decision_of on follow_decision (award_id, id);
create trigger append_only before update or delete on follow_decision for each row execute function append_only();
-- It is about what was decided or ordered, in this grant, by somebody who takes part in it; looked at when all rows are there.
create function follow_decision_stands() returns trigger language plpgsql set search_path from current as $$
begin
    if not exists (select 1 from amendment m where new.kind = 1 and m.id = new.subject_id and m.award_id = new.award_id and m.state = 2
                   union all
                   select 1 from recovery r where new.kind = 2 and r.id = new.subject_id and r.award_id = new.award_id and r.state = 2) then
        raise exception 'a document is about what was decided' using errcode = 'check_violation';
    end if;
    if exists (select 1 from no_part c where c.application_id = new.award_id and c.person_id = new.decided_by) then
        raise exception 'whoever has a conflict of interest takes no part' using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger follow_decision_stands after insert on follow_decision deferrable initially deferred
    for each row execute function follow_decision_stands();

create table audit_draw (                -- a random sample anybody can check: the seed is bound before, shown after
    call_id      uuid        primary key references call,
    commitment   bytea       not null check (octet_length(commitment) = 32), -- SHA-256 of the seed
    seed         bytea       not null check (octet_length(seed) = 32),       -- told only once drawn_at is set
    committed_at timestamptz not null,
    permille     integer     not null check (permille between 1 and 1000),   -- of the accepted awards, as the call said at the commitment
    beacon       text        not null default '',                            -- a public value nobody could know at the commitment
    drawn_at     timestamptz,
    check (commitment = sha256(seed))
);
create function draw_kept() returns trigger language plpgsql as $$
begin
    if old.drawn_at is not null or tg_op = 'DELETE' or new.seed <> old.seed or new.commitment <> old.commitment
       or new.permille <> old.permille then
        raise exception 'a draw stays as it was bound' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger draw_kept before update or delete on audit_draw for each row execute function draw_kept();

-- ---- Projects ------------------------------------------------------------------------------------------------------
create table project (
    id           uuid     primary key,
    code         text     not null unique check (code ~ '^[a-z0-9-]{2,60}$'),
    application_id uuid   unique references application,               -- null: funded elsewhere
    title_fi     text     not null,
    title_sv     text     not null,
    title_en     text     not null,
    funder       text     not null,
    programme    text     not null,                                    -- of the funder
    lead_name    text     not null,
    starts_on    date     not null,
    ends_on      date     not null check (ends_on >= starts_on),
    page_until   date,                                                 -- its page is valid until
    target       text     not null,                                    -- target groups
    state        smallint not null,
    moves        integer  not null default 0,
    why          text     not null,
    actor        uuid,
    total_cents  bigint   not null default 0 check (total_cents >= 0),
    shares_cents bigint   not null default 0,
    version      bigint   not null default 1
);
create trigger project_moved before insert or update on project for each row execute function state_moved('project');
create trigger project_sums before update on project for each row execute function sum_guard('shares_cents');
create trigger project_sums_begin before insert on project for each row execute function sum_begins('shares_cents');
create table project_member (
    project_id uuid     not null references project,
    ordinal    integer  not null check (ordinal between 1 and 500),
    role       smallint not null check (role between 1 and 2),         -- part implementer, partner
    name       text     not null,
    primary key (project_id, ordinal)
);
create table project_area (              -- development areas, each with its goals
    project_id uuid    not null references project,
    ordinal    integer not null check (ordinal between 1 and 50),
    title_fi   text    not null,
    title_sv   text    not null,
    title_en   text    not null,
    goals      text    not null,
    primary key (project_id, ordinal)
);
create table project_share (             -- the funding plan: who pays how much of the whole
    id         uuid     primary key,
    project_id uuid     not null references project,
    ordinal    integer  not null check (ordinal between 1 and 100),
    funder     text     not null,
    cents      bigint   not null check (cents >= 0),
    state      smallint not null check (state between 1 and 3),        -- applied for, granted, refused
    unique (project_id, ordinal)
);
create function project_summed() returns trigger language plpgsql set search_path from current as $$
begin
    if tg_op <> 'INSERT' then
        update project set shares_cents = shares_cents - old.cents where id = old.project_id;
    end if;
    if tg_op <> 'DELETE' then
        update project set shares_cents = shares_cents + new.cents where id = new.project_id;
    end if;
    return null;
end $$;
create trigger project_summed after insert or update of cents, project_id or delete on project_share for each row execute function project_summed();
create function project_adds_up() returns trigger language plpgsql set search_path from current as $$
declare
    p project;
begin
    select * into p from project where id = new.id;
    if p.total_cents <> p.shares_cents then
        raise exception 'the shares of project % are % cents, its cost is %', p.code, p.shares_cents, p.total_cents using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger project_adds_up after insert or update on project deferrable initially deferred for each row execute function project_adds_up();
create function amendment_adds_up() returns trigger language plpgsql set search_path from current as $$
declare
    should bigint;
    is_now bigint;
begin
    if new.outcome not in (1, 2) or new.kind not in (3, 4) then
        return null;
    end if;
    if new.kind = 4 then
        select a.granted_cents into should from amendment m join award a on a.id = m.award_id where m.id = new.amendment_id;
    else
        select coalesce(sum(l.accepted_cents), 0) into should
        from amendment m join award a on a.id = m.award_id join decision_line l on l.decision_id = a.decision_id where m.id = new.amendment_id;
    end if;
    select coalesce(sum((row ->> 'cents')::bigint), 0) into is_now from jsonb_array_elements(new.accepted) row;
    if is_now <> should then
        raise exception 'the amounts of the change are % cents together, they have to stay %', is_now, should using errcode = 'check_violation';
    end if;
    return null;
end $$;
create trigger amendment_adds_up after insert or update on amendment_part for each row execute function amendment_adds_up();
