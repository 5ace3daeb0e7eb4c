-- What enrolment tells since it offers, transfers, reviews and completes: new kinds of messages and their facts, who takes part (a moved
-- webinar is told to all of them), and the words of a coordinator's announcement.

alter table message
    drop constraint message_kind_check,
    add constraint message_kind_check check (kind between 1 and 15),
    add column unit_id         uuid,                          -- of a moved webinar
    add column announcement_id uuid,
    add column cause           smallint not null default 0,   -- of a cancellation: enrolment.Cause
    add column review          smallint not null default 0,   -- enrolment.Review_state
    add column credits_tenths  integer  not null default 0,   -- of a completion
    add column code            text     not null default '';  -- of its certificate

create table participant (             -- who has a seat, since when; kept by the events that give and take seats
    registration_id uuid        primary key,
    training_id     uuid        not null,
    person_id       uuid        not null,
    since           timestamptz not null
);
create index participant_of on participant (training_id);
create index participant_person on participant (person_id);

create table announcement (
    id          uuid primary key,
    training_id uuid not null,
    subject_fi  text not null,
    subject_sv  text not null,
    subject_en  text not null,
    body_fi     text not null,
    body_sv     text not null,
    body_en     text not null
);
create index announcement_of on announcement (training_id);
