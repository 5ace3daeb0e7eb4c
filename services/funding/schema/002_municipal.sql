-- Municipal cases: how a municipality decides on its share of a project's cost. The consistency boundary is the case; whoever changes one
-- locks it first, a meeting before the cases on its agenda, and a project last: meeting, case, board, project; lowest id first.
--
-- What may never be wrong is refused here, whoever asks: a section number used twice or skipped; a vote of somebody who is not there, is
-- disqualified or has voted; anything of a decision changed once its minutes are published; a share of a funding plan that says granted
-- without a decision; two live cases about one share, or one case on two agendas; a state that may not follow the one before, or that says
-- other than the agenda and the minutes do. What holds between tables holds when a transaction ends ("_stands").

-- Of tables whose rows, or some columns of them, stay as they were. Arguments: the columns.
create function columns_kept() returns trigger language plpgsql as $$
declare
    kept text;
begin
    foreach kept in array tg_argv loop
        if to_jsonb(new) -> kept is distinct from to_jsonb(old) -> kept then
            raise exception '%.% stays as it was', tg_table_name, kept using errcode = 'check_violation';
        end if;
    end loop;
    return new;
end $$;
create function never_deleted() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are never deleted', tg_table_name using errcode = 'check_violation';
end $$;

-- ---- Municipalities ----------------------------------------------------------------------------------------------------
create table municipality (
    id         uuid    primary key,
    code       text    not null unique check (code ~ '^[a-z0-9-]{2,60}$'),
    name_fi    text    not null,
    name_sv    text    not null,
    name_en    text    not null,
    contact    text    not null,
    languages  text[]  not null check (languages <@ array['fi', 'sv'] and cardinality(languages) between 1 and 2),
    names_days integer not null check (names_days between 22 and 3650),   -- after publication; at least the time for a review and of notice
    series     text    not null check (series ~ '^[0-9A-Z.]{1,20}$'),
    version    bigint  not null default 1
);
create table impact_dimension (
    municipality_id uuid    not null references municipality,
    n               integer not null check (n between 1 and 20),
    title_fi        text    not null,
    title_sv        text    not null,
    title_en        text    not null,
    primary key (municipality_id, n)
);
create table municipal_official (
    municipality_id uuid     not null references municipality,
    person_id       uuid     not null,
    office          smallint not null check (office between 1 and 3),     -- preparer, presenting official, secretary
    name            text     not null,
    title_fi        text     not null,
    title_sv        text     not null,
    title_en        text     not null,
    primary key (municipality_id, person_id, office)
);
create table board (
    id              uuid not null primary key,
    municipality_id uuid not null references municipality,
    code            text not null check (code ~ '^[A-Za-z]{1,10}$'),
    title_fi        text not null,
    title_sv        text not null,
    title_en        text not null,
    unique (municipality_id, code),
    unique (id, municipality_id)
);
create table seat (
    board_id  uuid     not null references board,
    person_id uuid     not null,
    kind      smallint not null check (kind between 1 and 4),             -- chair, vice chair, member, deputy
    name      text     not null,
    primary key (board_id, person_id)
);
create unique index seat_chair on seat (board_id) where kind = 1;
create table board_year (                -- sections of a board's minutes are numbered anew each year
    board_id     uuid    not null references board,
    year         integer not null check (year between 1990 and 2200),
    last_section integer not null check (last_section >= 0),
    primary key (board_id, year)
);
create trigger board_year_never_deleted before delete on board_year for each row execute function never_deleted();
-- Each municipality numbers its own cases; the state's calls have the nil owner.
alter table register_series add column owner uuid not null default '00000000-0000-0000-0000-000000000000';
alter table register_series drop constraint register_series_pkey, add primary key (owner, series, year);
create trigger register_never_deleted before delete on register_series for each row execute function never_deleted();
create trigger register_columns_kept before update on register_series for each row execute function columns_kept('owner', 'series', 'year');
create function register_goes_on() returns trigger language plpgsql as $$
begin
    if new.last < old.last then
        raise exception 'a register number that was given is not given again' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger register_goes_on before update on register_series for each row execute function register_goes_on();

alter table project_share add unique (id, project_id);

-- ---- Cases ---------------------------------------------------------------------------------------------------------------
create table municipal_case (
    id              uuid        primary key,
    municipality_id uuid        not null references municipality,
    register_number text        not null,
    state           smallint    not null,
    moves           integer     not null default 0,
    why             text        not null,
    actor           uuid,
    title           text        not null check (title <> ''),
    language        text        not null check (language in ('fi', 'sv')),
    applicant       text        not null check (applicant <> ''),
    owner_id        uuid        not null,                                  -- the account of the applicant's contact, or the id letters know them by
    project_id      uuid        not null references project,
    share_id        uuid        not null,
    applied_cents   bigint      not null check (applied_cents > 0),        -- the share's
    granted_cents   bigint      not null default 0 check (granted_cents between 0 and applied_cents),
    filed_at        timestamptz not null,
    public_since    timestamptz,                                           -- first on a public agenda; null: not yet
    version         bigint      not null default 1,
    unique (municipality_id, register_number),
    foreign key (share_id, project_id) references project_share (id, project_id)
);
create unique index case_share on municipal_case (share_id) where state <> 6;  -- one case decides on a share
create index case_of_share on municipal_case (share_id);
create index case_municipality on municipal_case (municipality_id, id);
create index case_owner on municipal_case (owner_id, id);
create trigger case_moved before insert or update on municipal_case for each row execute function state_moved('case');
create trigger case_columns_kept before update on municipal_case for each row execute function columns_kept(
    'id', 'municipality_id', 'register_number', 'language', 'applicant', 'owner_id', 'project_id', 'share_id', 'applied_cents', 'filed_at');
create trigger case_never_deleted before delete on municipal_case for each row execute function never_deleted();
create trigger case_sums before update on municipal_case for each row execute function sum_guard('granted_cents');
create trigger case_sums_begin before insert on municipal_case for each row execute function sum_begins('granted_cents');
-- What a case begins with: a share that is applied for, in full, and that nobody changes meanwhile; a language its municipality decides in.
create function case_begins() returns trigger language plpgsql set search_path from current as $$
declare
    share project_share;
begin
    select * into share from project_share where id = new.share_id for update;
    if share.state is distinct from 1 or share.cents <> new.applied_cents then
        raise exception 'a case is about a share that is applied for, the whole of it' using errcode = 'check_violation';
    end if;
    if not exists (select 1 from municipality m where m.id = new.municipality_id and new.language = any (m.languages)) then
        raise exception 'a case is in a language of its municipality' using errcode = 'check_violation';
    end if;
    if new.public_since is not null then
        raise exception 'a case is public once it was on an agenda' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger case_begins before insert on municipal_case for each row execute function case_begins();
create table case_preparer (
    case_id uuid    not null references municipal_case,
    ordinal integer not null check (ordinal between 1 and 20),
    title   text    not null,
    name    text    not null,
    primary key (case_id, ordinal)
);
create table case_text (
    case_id      uuid     not null references municipal_case,
    ordinal      integer  not null check (ordinal between 1 and 40),
    kind         smallint not null check (kind between 1 and 7),
    heading      text     not null,
    words        text     not null,
    confidential boolean  not null,
    primary key (case_id, ordinal)
);
create table case_impact (
    case_id   uuid     not null references municipal_case,
    dimension integer  not null,
    effect    smallint not null check (effect between 1 and 3),            -- positive, neutral, negative
    remark    text     not null,
    primary key (case_id, dimension)
);
-- What the case tells is what its board decides on: it stays from the agenda on.
create function case_part_kept() returns trigger language plpgsql set search_path from current as $$
begin
    perform 1 from municipal_case where id = coalesce(new.case_id, old.case_id) and state < 4 for share;
    if not found then
        raise exception 'what a case tells stays once it is on an agenda' using errcode = 'check_violation';
    end if;
    return coalesce(new, old);
end $$;
create trigger preparer_columns_kept before update on case_preparer for each row execute function columns_kept('case_id');
create trigger preparer_kept before insert or update or delete on case_preparer for each row execute function case_part_kept();
create trigger text_columns_kept before update on case_text for each row execute function columns_kept('case_id');
create trigger text_kept before insert or update or delete on case_text for each row execute function case_part_kept();
create trigger impact_columns_kept before update on case_impact for each row execute function columns_kept('case_id');
create trigger impact_kept before insert or update or delete on case_impact for each row execute function case_part_kept();
-- An impact is told in a dimension of the case's municipality, and the dimension stays.
create function impact_stands() returns trigger language plpgsql set search_path from current as $$
begin
    perform 1 from municipality where id = (select c.municipality_id from municipal_case c where c.id = new.case_id) for share; -- its dimensions stay meanwhile
    if exists (select 1 from case_impact x join municipal_case c on c.id = x.case_id where x.case_id = new.case_id and x.dimension = new.dimension
               and not exists (select 1 from impact_dimension d where d.municipality_id = c.municipality_id and d.n = x.dimension)) then
        raise exception 'impacts are told in the dimensions of the municipality' using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger impact_stands after insert or update on case_impact deferrable initially deferred for each row execute function impact_stands();
create function dimension_stands() returns trigger language plpgsql set search_path from current as $$
begin
    perform 1 from municipality where id = old.municipality_id for no key update;
    if not exists (select 1 from impact_dimension where municipality_id = old.municipality_id and n = old.n)
       and exists (select 1 from case_impact x join municipal_case c on c.id = x.case_id where c.municipality_id = old.municipality_id and x.dimension = old.n) then
        raise exception 'a dimension that a case has used stays' using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger dimension_stands after update or delete on impact_dimension deferrable initially deferred for each row execute function dimension_stands();
create table statement (
    id           uuid        primary key,
    case_id      uuid        not null references municipal_case,
    follows_id   uuid        unique,                                       -- who was asked before and named this one
    asked        text        not null check (asked <> ''),                 -- a body or an official
    person_id    uuid,
    words_asked  text        not null,
    due_on       date        not null,
    state        smallint    not null,
    moves        integer     not null default 0,
    why          text        not null,
    actor        uuid,
    words        text        not null default '',
    given_on     date,
    referred_to  text        not null default '',
    requested_at timestamptz not null,
    check ((state in (2, 3)) = (words <> '' and given_on is not null)),
    check ((state = 3) = (referred_to <> '')),
    check (follows_id <> id),
    unique (id, case_id),
    foreign key (follows_id, case_id) references statement (id, case_id)
);
create index statement_case on statement (case_id);
create trigger statement_moved before insert or update on statement for each row execute function state_moved('statement');
create trigger statement_columns_kept before update on statement for each row execute function columns_kept(
    'id', 'case_id', 'follows_id', 'asked', 'person_id', 'words_asked', 'due_on', 'requested_at');
create trigger statement_in_time before insert or update on statement for each row execute function case_part_kept();
create trigger statement_never_deleted before delete on statement for each row execute function never_deleted();
create function statement_kept() returns trigger language plpgsql as $$
begin
    if old.state <> 1 and (new.words, new.given_on, new.referred_to) is distinct from (old.words, old.given_on, old.referred_to) then
        raise exception 'a statement that was given stays as it was' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger statement_kept before update on statement for each row execute function statement_kept();
create function statement_follows() returns trigger language plpgsql set search_path from current as $$
begin
    if exists (select 1 from statement where id = new.follows_id and state <> 3) then
        raise exception 'a statement follows one that referred to another' using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger statement_follows after insert on statement deferrable initially deferred for each row execute function statement_follows();
create table case_document (             -- never changed: a new one is added
    id           uuid        primary key,
    case_id      uuid        not null references municipal_case,
    n            integer     not null check (n between 1 and 50),          -- "18/00.01.05/2026-3"
    kind         smallint    not null check (kind between 1 and 6),
    title        text        not null,
    name         text        not null,
    media_type   text        not null,
    content      bytea       not null check (octet_length(content) between 1 and 240000),
    sha256       bytea       not null check (sha256 = sha256(content)),
    confidential boolean     not null,
    ground       text        not null,                                     -- the provision by which it is confidential
    added_by     uuid        not null,
    added_at     timestamptz not null,
    unique (case_id, n),
    check (not confidential or ground <> '')
);
alter table case_document alter content set storage external;
create trigger append_only before update or delete on case_document for each row execute function append_only();
create table proposal_made (             -- what the presenting official proposes; saved anew until it is on an agenda, kept from then on
    id           uuid        primary key,
    case_id      uuid        not null references municipal_case,
    words        text        not null check (words <> ''),
    cents        bigint      not null check (cents >= 0),
    presenter    uuid        not null,
    presenter_title text     not null,
    presenter_name  text     not null,
    saved_at     timestamptz not null,
    made_at      timestamptz,                                              -- on a public agenda: from then on it is what it was
    unique (id, case_id)
);
create unique index proposal_open on proposal_made (case_id) where made_at is null;
create table proposal_nomination (
    proposal_id uuid     not null references proposal_made,
    ordinal     integer  not null check (ordinal between 1 and 20),
    body        text     not null,
    role        smallint not null check (role between 1 and 3),            -- member, deputy, chair
    title       text     not null,
    name        text     not null,
    person_id   uuid,
    primary key (proposal_id, ordinal)
);

-- ---- Meetings ------------------------------------------------------------------------------------------------------------
create table meeting (
    id              uuid        primary key,
    board_id        uuid        not null,
    municipality_id uuid        not null,
    starts_at       timestamptz not null,
    place           text        not null,
    state           smallint    not null,
    moves           integer     not null default 0,
    why             text        not null,
    actor           uuid,
    summoned_at     timestamptz,
    published_at    timestamptz,
    version         bigint      not null default 1,
    unique (id, board_id),
    foreign key (board_id, municipality_id) references board (id, municipality_id)
);
create index meeting_board on meeting (board_id, starts_at, id);
create index meeting_municipality on meeting (municipality_id, starts_at, id);
create trigger meeting_moved before insert or update on meeting for each row execute function state_moved('meeting');
create trigger meeting_columns_kept before update on meeting for each row execute function columns_kept('id', 'board_id', 'municipality_id');
create trigger meeting_never_deleted before delete on meeting for each row execute function never_deleted();
create function meeting_kept() returns trigger language plpgsql as $$
begin
    if old.state >= 3 and (new.starts_at, new.place) is distinct from (old.starts_at, old.place) then
        raise exception 'a meeting that was held, or cancelled, keeps its time and place' using errcode = 'check_violation';
    end if;
    if (old.summoned_at is not null and new.summoned_at is distinct from old.summoned_at) or (old.published_at is not null and new.published_at is distinct from old.published_at) then
        raise exception 'what was made public keeps its moment' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger meeting_kept before update on meeting for each row execute function meeting_kept();
create table attendee (
    meeting_id     uuid     not null references meeting,
    person_id      uuid     not null,
    name           text     not null,
    kind           smallint not null check (kind between 1 and 4),
    checks_minutes boolean  not null,
    ordinal        integer  not null default 1,                            -- as told: of those of one kind the first one leads
    checked_at     timestamptz,
    primary key (meeting_id, person_id),
    check (checked_at is null or checks_minutes)
);
create table item (                      -- one case in one meeting
    id             uuid        primary key,
    meeting_id     uuid        not null,
    board_id       uuid        not null,                                   -- the meeting's
    case_id        uuid        not null references municipal_case,
    proposal_id    uuid        not null,                                   -- the case's
    title          text        not null,                                   -- the case's when it came on the agenda
    place          integer     not null check (place between 1 and 100),
    year           integer,
    section        integer     check (section > 0),
    outcome        smallint    check (outcome between 1 and 5),            -- approved, changed, rejected, returned, tabled
    manner         smallint    check (manner between 1 and 2),             -- unanimous, voted
    words          text        not null default '',
    cents          bigint      not null default 0 check (cents >= 0),
    counter        text        not null default '',
    voting         boolean     not null default false,
    dissents       text[]      not null default '{}',
    previous_id    uuid        unique,                                     -- of the same case: a chain, not a tree
    published_at   timestamptz,
    version        bigint      not null default 1,
    unique (meeting_id, case_id),
    unique (meeting_id, place) deferrable initially deferred,
    unique (board_id, year, section),
    check ((outcome is null) = (manner is null)),
    check ((section is null) = (year is null)),
    check (outcome is null or section is not null),
    check (published_at is null or (outcome is not null and words <> '' and not voting)),
    check (outcome is null or outcome in (1, 2) or cents = 0),
    unique (id, case_id),
    foreign key (meeting_id, board_id) references meeting (id, board_id),
    foreign key (proposal_id, case_id) references proposal_made (id, case_id),
    foreign key (previous_id, case_id) references item (id, case_id)
);
create index item_case on item (case_id);
create index item_public on item (published_at, id) where published_at is not null;
create table item_nomination (
    item_id   uuid     not null references item,
    ordinal   integer  not null check (ordinal between 1 and 40),
    body      text     not null,
    role      smallint not null check (role between 1 and 3),
    title     text     not null,
    name      text     not null,
    person_id uuid,
    added     boolean  not null,                                           -- by the board, to what was proposed
    primary key (item_id, ordinal)
);
create table disqualification (
    item_id   uuid        not null references item,
    person_id uuid        not null,
    ground    text        not null check (ground <> ''),
    noted_by  uuid        not null,
    noted_at  timestamptz not null,
    primary key (item_id, person_id)
);
create table vote (
    item_id   uuid        not null references item,
    person_id uuid        not null,
    choice    smallint    not null check (choice between 1 and 3),         -- proposal, counter-proposal, empty
    at        timestamptz not null,
    primary key (item_id, person_id)
);
create table extract (                   -- the minutes of one section, made when they are published; bare: without names of people
    item_id     uuid        primary key references item,
    html        text        compression lz4 not null,
    pdf         bytea       not null,
    sha256      bytea       not null check (sha256 = sha256(pdf)),
    bare_html   text        compression lz4 not null,
    bare_pdf    bytea       not null,
    bare_sha256 bytea       not null check (bare_sha256 = sha256(bare_pdf)),
    names_until date        not null,                                      -- the last day on which the public reads names
    review_until date,                                                     -- null: of preparation alone, no review can be asked for
    review_version text     not null,
    event_id    uuid        not null,
    check ((review_until is null) = (review_version = '')),
    check (review_until <= names_until)
);
alter table extract alter pdf set storage external, alter bare_pdf set storage external;
create trigger append_only before update or delete on extract for each row execute function append_only();

-- Sections of a board and year have no gaps: a number is the one after the last, taken under the lock of its row.
create function section_follows() returns trigger language plpgsql set search_path from current as $$
declare
    last integer;
begin
    if (new.year, new.section) is not distinct from (old.year, old.section) then
        return new;
    end if;
    if old.section is not null then
        raise exception 'a section keeps its number' using errcode = 'check_violation';
    end if;
    if not exists (select 1 from meeting where id = new.meeting_id and extract(year from starts_at at time zone 'Europe/Helsinki') = new.year) then
        raise exception 'a section is of the year of its meeting' using errcode = 'check_violation';
    end if;
    update board_year set last_section = last_section + 1 where board_id = new.board_id and year = new.year returning last_section into last;
    if last is distinct from new.section then
        raise exception 'section % of % does not follow the last one', new.section, new.year using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger section_follows before update on item for each row execute function section_follows();
-- What is on an agenda: a case of the same municipality that is proposed and on no other agenda, after the last item of it.
create function item_begins() returns trigger language plpgsql set search_path from current as $$
declare
    m meeting;
    c municipal_case;
begin
    if new.section is not null or new.outcome is not null or new.published_at is not null or new.voting then
        raise exception 'an item begins without a section' using errcode = 'check_violation';
    end if;
    select * into m from meeting where id = new.meeting_id for share;
    select * into c from municipal_case where id = new.case_id for update;
    if m.state not in (1, 2) then
        raise exception 'the agenda of meeting % stands', m.id using errcode = 'check_violation';
    end if;
    if c.municipality_id <> m.municipality_id or c.state not in (3, 4) then
        raise exception 'case % is not proposed to a board of its municipality', c.register_number using errcode = 'check_violation';
    end if;
    if exists (select 1 from item i join meeting o on o.id = i.meeting_id where i.case_id = c.id and i.published_at is null and o.state <> 7) then
        raise exception 'case % is on an agenda already', c.register_number using errcode = 'check_violation';
    end if;
    new.title := c.title;
    return new;
end $$;
create trigger item_begins before insert on item for each row execute function item_begins();
create function board_year_guard() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() = 1 and old.last_section > 0 then            -- before the first one: where the numbering goes on from
        raise exception 'sections are numbered by the items that take them' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger board_year_guard before update on board_year for each row execute function board_year_guard();

-- Who votes is there, is not disqualified in the item, and votes while it is being voted on.
create function vote_allowed() returns trigger language plpgsql set search_path from current as $$
declare
    i item;
begin
    select * into i from item where id = new.item_id for update;
    if not i.voting then
        raise exception 'item % is not being voted on', i.id using errcode = 'check_violation';
    end if;
    if not exists (select 1 from attendee where meeting_id = i.meeting_id and person_id = new.person_id) then
        raise exception 'who votes is in the meeting' using errcode = 'check_violation';
    end if;
    if exists (select 1 from disqualification where item_id = i.id and person_id = new.person_id) then
        raise exception 'who is disqualified does not vote' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger vote_allowed before insert on vote for each row execute function vote_allowed();
create trigger append_only before update or delete on vote for each row execute function append_only();
create function disqualified_votes_not() returns trigger language plpgsql set search_path from current as $$
begin
    perform 1 from item where id = new.item_id and published_at is null for update;
    if not found then
        raise exception 'the minutes of this item are published' using errcode = 'check_violation';
    end if;
    if exists (select 1 from vote where item_id = new.item_id and person_id = new.person_id) then
        raise exception 'who has voted took part in the item' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger disqualified_votes_not before insert on disqualification for each row execute function disqualified_votes_not();
create trigger append_only before update or delete on disqualification for each row execute function append_only();

-- Once published nothing of an item changes, nor of what the minutes say around it; and the minutes of a published item are there.
create function item_kept() returns trigger language plpgsql as $$
begin
    if old.published_at is not null then
        raise exception 'the minutes of item % are published: they do not change', old.id using errcode = 'check_violation';
    end if;
    if tg_op = 'DELETE' and old.section is not null then
        raise exception 'an item that has a section stays' using errcode = 'check_violation';
    end if;
    if tg_op = 'UPDATE' and new.previous_id is distinct from old.previous_id and (new.previous_id is not null or old.section is not null) then
        raise exception 'an item keeps its place in the chain, or leaves it with its meeting' using errcode = 'check_violation';
    end if;
    return coalesce(new, old);
end $$;
create trigger item_kept before update or delete on item for each row execute function item_kept();
create trigger item_columns_kept before update on item for each row execute function columns_kept(
    'id', 'meeting_id', 'board_id', 'case_id', 'proposal_id', 'title');
-- What a board decides, it decides in its meeting: of what was proposed to it, or of at most what was applied for.
create function item_decided() returns trigger language plpgsql set search_path from current as $$
declare
    m meeting;
    c municipal_case;
begin
    if (new.outcome, new.manner, new.words, new.cents, new.counter, new.voting, new.dissents)
       is not distinct from (old.outcome, old.manner, old.words, old.cents, old.counter, old.voting, old.dissents) then
        return new;
    end if;
    select * into m from meeting where id = new.meeting_id for share;
    if m.state not between 3 and 5 or (new.voting and m.state <> 3) then
        raise exception 'a board decides in its meeting' using errcode = 'check_violation';
    end if;
    select * into c from municipal_case where id = new.case_id for share;
    if new.outcome in (1, 2, 3) and c.state <> 4 then
        raise exception 'case % is not before the board', c.register_number using errcode = 'check_violation';
    end if;
    if new.cents > c.applied_cents or (new.outcome = 1 and new.cents <> (select p.cents from proposal_made p where p.id = new.proposal_id)) then
        raise exception 'item % is decided for other money than was proposed or applied for', new.id using errcode = 'check_violation';
    end if;
    if new.manner = 2 and not exists (select 1 from vote where item_id = new.id) then
        raise exception 'item % is decided by a vote that was not held', new.id using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger item_outcome before update on item for each row execute function item_decided();
create function item_part_kept() returns trigger language plpgsql set search_path from current as $$
begin
    perform 1 from item where id = coalesce(new.item_id, old.item_id) and published_at is null for share;
    if not found then
        raise exception 'the minutes of the item are published: they do not change' using errcode = 'check_violation';
    end if;
    return coalesce(new, old);
end $$;
create trigger item_part_columns_kept before update on item_nomination for each row execute function columns_kept('item_id');
create trigger item_part_kept before insert or update or delete on item_nomination for each row execute function item_part_kept();
create function item_minuted() returns trigger language plpgsql set search_path from current as $$
begin
    if not exists (select 1 from extract where item_id = new.id) then
        raise exception 'item % is published without its minutes', new.id using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger item_minuted after update on item deferrable initially deferred for each row
    when (new.published_at is not null) execute function item_minuted();
-- Who is there is noted while the meeting is open, and stays; whoever was elected to check the minutes checks them once it is closed.
create function attendee_kept() returns trigger language plpgsql set search_path from current as $$
declare
    held smallint;
begin
    select state into held from meeting where id = coalesce(new.meeting_id, old.meeting_id) for share;
    if held = 6 then
        raise exception 'the minutes of the meeting are published: they do not change' using errcode = 'check_violation';
    end if;
    if tg_op = 'UPDATE' and held >= 4 and (to_jsonb(new) - 'checked_at') is not distinct from (to_jsonb(old) - 'checked_at') then
        return new;
    end if;
    if held > 3 or (tg_op <> 'DELETE' and new.checked_at is not null) then
        raise exception 'who is in a meeting is noted while it is open' using errcode = 'check_violation';
    end if;
    if tg_op <> 'INSERT' and (tg_op = 'DELETE' or new.person_id <> old.person_id or new.meeting_id <> old.meeting_id)
       and exists (select 1 from vote v join item i on i.id = v.item_id where i.meeting_id = old.meeting_id and v.person_id = old.person_id) then
        raise exception 'who has voted was there' using errcode = 'check_violation';
    end if;
    return coalesce(new, old);
end $$;
create trigger attendee_kept before insert or update or delete on attendee for each row execute function attendee_kept();
create function proposal_kept() returns trigger language plpgsql set search_path from current as $$
begin
    if tg_op = 'INSERT' and new.made_at is not null then
        raise exception 'a proposal is made when it is on a public agenda' using errcode = 'check_violation';
    end if;
    if tg_op <> 'INSERT' and old.made_at is not null then
        raise exception 'a proposal that was on an agenda does not change' using errcode = 'check_violation';
    end if;
    if tg_op <> 'DELETE' and new.cents > (select applied_cents from municipal_case where id = new.case_id) then
        raise exception 'no more is proposed than is applied for' using errcode = 'check_violation';
    end if;
    return coalesce(new, old);
end $$;
create trigger proposal_kept before insert or update or delete on proposal_made for each row execute function proposal_kept();
create function proposal_stands() returns trigger language plpgsql set search_path from current as $$
begin
    if not exists (select 1 from item i join meeting m on m.id = i.meeting_id where i.proposal_id = new.id and m.summoned_at is not null) then
        raise exception 'a proposal is made when it is on a public agenda' using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger proposal_stands after update on proposal_made deferrable initially deferred for each row
    when (new.made_at is not null) execute function proposal_stands();
create trigger proposal_columns_kept before update on proposal_made for each row execute function columns_kept('id', 'case_id');
create function proposal_part_kept() returns trigger language plpgsql set search_path from current as $$
begin
    perform 1 from proposal_made where id = coalesce(new.proposal_id, old.proposal_id) and made_at is null for share;
    if not found then
        raise exception 'a proposal that was on an agenda does not change' using errcode = 'check_violation';
    end if;
    return coalesce(new, old);
end $$;
create trigger proposal_part_columns_kept before update on proposal_nomination for each row execute function columns_kept('proposal_id');
create trigger proposal_part_kept before insert or update or delete on proposal_nomination for each row execute function proposal_part_kept();
create function extract_of_published() returns trigger language plpgsql set search_path from current as $$
begin
    if not exists (select 1 from item where id = new.item_id and published_at is not null) then
        raise exception 'an extract is of published minutes' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger extract_of_published before insert on extract for each row execute function extract_of_published();

-- A case says what agendas and minutes say: it is on the agenda of one meeting, or decided by published minutes, or neither.
create function case_stands(which uuid) returns void language plpgsql set search_path from current as $$
declare
    c     municipal_case;
    live  bigint;
    final bigint;
    heads bigint;
begin
    select * into c from municipal_case where id = which;
    select count(*) filter (where i.published_at is null and m.state <> 7), count(*) filter (where i.published_at is not null and i.outcome in (1, 2, 3)),
           count(*) filter (where m.state <> 7 and i.previous_id is null)
      into live, final, heads from item i join meeting m on m.id = i.meeting_id where i.case_id = which;
    if (c.state = 5) <> (final > 0) then
        raise exception 'case % is decided by published minutes', c.register_number using errcode = 'check_violation';
    end if;
    if (c.state = 4 and live <> 1) or (c.state in (1, 2, 3) and live > 0) then
        raise exception 'case % is on the agenda of one meeting, or is not', c.register_number using errcode = 'check_violation';
    end if;
    if c.state = 6 and exists (select 1 from item where case_id = which and published_at is null and outcome in (1, 2, 3)) then
        raise exception 'case % is decided and not withdrawn', c.register_number using errcode = 'check_violation';
    end if;
    if heads > 1 then
        raise exception 'the items of case % are a chain', c.register_number using errcode = 'check_violation';
    end if;
    if c.public_since is not null and not exists (select 1 from item i join meeting m on m.id = i.meeting_id where i.case_id = which and m.summoned_at is not null) then
        raise exception 'case % was on no public agenda', c.register_number using errcode = 'check_violation';
    end if;
end $$;
-- And a meeting is as far as its items are: summoned with proposals that stay, open with sections in the order of the agenda and more than
-- half of its board, closed with an outcome of each, checked by whoever was elected to, published with the minutes of all.
create function meeting_stands(which uuid) returns void language plpgsql set search_path from current as $$
declare
    m   meeting;
    bad text;
begin
    select * into m from meeting where id = which;
    select case
        when m.state between 2 and 6 and m.summoned_at is null then 'is summoned at no moment'
        when m.state = 1 and m.summoned_at is not null then 'is public once it is summoned'
        when (m.state = 6) <> (m.published_at is not null) then 'is published at its moment'
        when m.state between 2 and 6 and exists (select 1 from item i join proposal_made p on p.id = i.proposal_id join municipal_case c on c.id = i.case_id
            where i.meeting_id = m.id and (p.made_at is null or c.public_since is null)) then 'is summoned with what is public'
        when exists (select 1 from item i where i.meeting_id = m.id and (m.state between 3 and 6) <> (i.section is not null)) then 'has sections once it is open'
        when exists (select 1 from item a join item b on b.meeting_id = a.meeting_id and b.place > a.place and b.section < a.section where a.meeting_id = m.id)
            then 'has its sections in the order of the agenda'
        when m.state between 4 and 6 and exists (select 1 from item i where i.meeting_id = m.id and (i.outcome is null or i.voting)) then 'closes when every item is decided'
        when m.state in (5, 6) and coalesce((select not bool_and(a.checked_at is not null) from attendee a where a.meeting_id = m.id and a.checks_minutes), true)
            then 'is checked by whoever was elected to'
        when exists (select 1 from item i where i.meeting_id = m.id and (m.state = 6) <> (i.published_at is not null)) then 'is published with all its items'
        end into bad;
    if bad is not null then
        raise exception 'meeting % %', m.id, bad using errcode = 'check_violation';
    end if;
end $$;
create function case_stands() returns trigger language plpgsql set search_path from current as $$
begin
    perform case_stands(new.id);
    return null;
end $$;
create constraint trigger case_stands after update on municipal_case deferrable initially deferred for each row
    when (new.state <> old.state or new.public_since is distinct from old.public_since) execute function case_stands();
create function item_stands() returns trigger language plpgsql set search_path from current as $$
begin
    perform case_stands(coalesce(new.case_id, old.case_id)), meeting_stands(coalesce(new.meeting_id, old.meeting_id));
    return null;
end $$;
create constraint trigger item_stands after insert or update or delete on item deferrable initially deferred for each row execute function item_stands();
create function meeting_stands() returns trigger language plpgsql set search_path from current as $$
begin
    if new.state = 3 and old.state <> 3 and (select count(*) from attendee where meeting_id = new.id) * 2
       <= (select count(*) from seat where board_id = new.board_id and kind <> 4) then
        raise exception 'a board has a quorum when more than half of it is there' using errcode = 'check_violation';
    end if;
    perform meeting_stands(new.id);
    perform case_stands(i.case_id) from item i where i.meeting_id = new.id;
    return null;
end $$;
create constraint trigger meeting_stands after update on meeting deferrable initially deferred for each row execute function meeting_stands();
create function case_public_stays() returns trigger language plpgsql as $$
begin
    if old.public_since is not null and new.public_since is distinct from old.public_since then
        raise exception 'what was on a public agenda stays public' using errcode = 'check_violation';
    end if;
    if old.state >= 4 and new.title <> old.title then
        raise exception 'what a case tells stays once it is on an agenda' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger case_public_stays before update on municipal_case for each row execute function case_public_stays();

-- ---- The funding plan ------------------------------------------------------------------------------------------------------
alter table project_share
    add column granted_cents bigint not null default 0,
    add column decided_on    date,
    add column item_id       uuid references item;                         -- whose decision it is; null: told by a file, or open
update project_share set granted_cents = cents where state = 2;            -- told by a file before: all of it
alter table project_share
    add constraint share_granted check (granted_cents between 0 and cents and (state = 2 or granted_cents = 0) and
                                        (state <> 2 or granted_cents > 0 or cents = 0)),
    add constraint share_open check (state <> 1 or (decided_on is null and item_id is null)),
    drop constraint project_share_project_id_ordinal_key,                  -- an import gives shares that stay another place
    add constraint share_place unique (project_id, ordinal) deferrable initially deferred;
-- A share about which there is a case says what the published minutes say.
create function share_guard() returns trigger language plpgsql set search_path from current as $$
begin
    if pg_trigger_depth() > 1 then
        return new;
    end if;
    if tg_op = 'INSERT' then
        if new.item_id is not null then
            raise exception 'share % is decided by its case', new.id using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if new.item_id is distinct from old.item_id
       or ((new.state, new.cents, new.granted_cents, new.decided_on) is distinct from (old.state, old.cents, old.granted_cents, old.decided_on)
           and exists (select 1 from municipal_case where share_id = old.id and state <> 6)) then
        raise exception 'share % is decided by its case', old.id using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger share_guard before insert or update on project_share for each row execute function share_guard();
create function share_decided() returns trigger language plpgsql set search_path from current as $$
begin
    update project_share s set state = case when i.cents > 0 then 2 else 3 end, granted_cents = i.cents, decided_on = (m.starts_at at time zone 'Europe/Helsinki')::date, item_id = i.id
      from item i join meeting m on m.id = i.meeting_id join municipal_case c on c.id = i.case_id
     where i.id = new.item_id and i.outcome in (1, 2, 3) and s.id = c.share_id and c.state <> 6;
    update municipal_case c set granted_cents = i.cents from item i where i.id = new.item_id and c.id = i.case_id and i.outcome in (1, 2, 3) and c.state <> 6;
    return null;
end $$;
create trigger share_decided after insert on extract for each row execute function share_decided();
