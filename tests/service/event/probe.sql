-- What the consuming test service keeps: the effects in the order they were made, and the tests' switches.
create table effect (
    n      bigint generated always as identity primary key,
    stream text   not null,
    seq    bigint not null,
    name   text   not null check (name <> 'explode')
);
create table cure (at timestamptz not null default now());
create table pause (seconds double precision not null);

create function effect_pause() returns trigger language plpgsql as $$
begin
    perform pg_sleep(coalesce((select max(seconds) from pause), 0));
    return null;
end $$;
create trigger effect_pause after insert on effect for each statement execute function effect_pause();
