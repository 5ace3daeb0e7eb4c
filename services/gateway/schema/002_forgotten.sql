-- How far this gateway's accounts have followed the list of forgotten people that the enrolment service keeps (its ListForgotten).

create table forgotten_mark (
    one  boolean primary key default true check (one),
    n    bigint  not null default 0 check (n >= 0)
);
insert into forgotten_mark default values;
