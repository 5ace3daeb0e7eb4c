-- What the tests of common/event/apply.c keep: one row for each time an event had its effect.
create table note (n bigint generated always as identity primary key, stream text not null, seq bigint not null);
