-- Grants: what hv-funding tells of calls, applications, decisions and what follows them. New kinds of messages (their facts need no column),
-- and reminders that hang on an application or an obligation instead of a training.

alter table message
    drop constraint message_kind_check,
    add constraint message_kind_check check (kind between 1 and 37);

-- Of a grant's reminder: the call, so that a moved call moves all its drafts; and what its letter says beside the moment, since there is
-- no table of applications here (store/facts.h). A training's reminder has neither.
alter table reminder
    alter column training_id drop not null,
    add column call_id uuid,
    add column facts   jsonb not null default '{}',
    add constraint reminder_about check ((training_id is null) = (kind > 21)),
    add constraint reminder_of_call check ((call_id is null) = (kind <= 21));
create index reminder_subject on reminder (subject_id) where kind > 21;
create index reminder_call on reminder (call_id) where kind = 22;      -- drafts of a call

-- What letters about a grant say of its call: where to ask, how to request a review of what is decided in it, and why it was called off. One
-- row a call, of the newest version that was heard of.
create table grant_call (
    id         uuid   primary key,
    version    bigint not null,
    contact    text   not null,
    review_fi  text   not null,
    review_sv  text   not null,
    review_en  text   not null,
    off_reason text   not null
);
