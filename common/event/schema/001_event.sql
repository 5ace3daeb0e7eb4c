-- The tables of common/event, the same in the schema of every service: what it published, how far it has consumed others,
-- and the commands it has answered.

create table event_stream (            -- one row per stream: its counter, its fence
    stream    text   primary key,
    epoch     uuid   not null default gen_random_uuid(),  -- a new one after a restore: subscribers stop and say so
    head_seq  bigint not null default 0 check (head_seq >= 0),
    low_seq   bigint not null default 1 check (low_seq >= 1)  -- oldest seq still in event_log
) with (fillfactor = 20);              -- rewritten at every commit: room for HOT updates in the page

create table event_log (               -- append-only; gapless in (stream, seq)
    stream       text        not null,
    seq          bigint      not null,
    event_id     uuid        not null,
    type         text        not null,
    subject      text        not null,
    occurred_at  timestamptz not null,
    recorded_at  timestamptz not null default clock_timestamp(),
    traceparent  text,
    causation_id uuid,
    actor        uuid,
    payload      bytea       compression lz4 not null,
    primary key (stream, seq)
) partition by range (seq);            -- retention drops whole partitions: event_partition_* below

create table event_cursor (            -- how far we have consumed another service's stream
    source_stream text   primary key,
    epoch         uuid   not null,     -- all zeros after a rewind: the publisher's epoch is taken over with the next event
    last_seq      bigint not null check (last_seq >= 0),
    last_event_id uuid
) with (fillfactor = 20);

create table event_dead (              -- parked: an event whose handler failed for a lasting reason
    stream    text        not null,
    seq       bigint      not null,
    event     bytea       not null,    -- packed bus.Event
    error     text        not null,
    tries     integer     not null default 1,
    parked_at timestamptz not null default clock_timestamp(),
    primary key (stream, seq)
);

create table request_seen (            -- answers of commands, by idempotency key
    caller       uuid        not null,
    key          bytea       not null check (octet_length(key) between 1 and 64),
    method       text        not null,
    request_hash bytea       not null,
    response     bytea       not null, -- packed bus.Reply
    seen_at      timestamptz not null default clock_timestamp(),
    primary key (caller, key)
);
create index request_seen_age on request_seen (seen_at);  -- purged after 7 days

-- Partitions of a million numbers each. Owner's rights, so that the service's role can add and drop nothing else.
-- Made as a table of its own and attached: that waits for no reader and no writer of the log, as CREATE ... PARTITION OF would.
create function event_partition_ensure(upto bigint) returns void
language plpgsql security definer set search_path from current as $$
declare
    low bigint := (upto / 1000000) * 1000000;
    name text := 'event_log_' || (upto / 1000000);
begin
    if to_regclass(name) is not null then
        return;
    end if;
    perform set_config('lock_timeout', '2s', true);
    perform pg_advisory_xact_lock(hashtextextended(current_schema() || '.event_log', 0));  -- two replicas may want the same one
    if to_regclass(name) is null then
        execute format('create table %I (like event_log including defaults including compression)', name);
        execute format('alter table event_log attach partition %I for values from (%s) to (%s)', name, low, low + 1000000);
    end if;
end $$;
create function event_partition_drop(below bigint) returns integer
language plpgsql security definer set search_path from current as $$
declare
    part record;
    dropped integer := 0;
begin
    perform set_config('lock_timeout', '200ms', true);   -- never wait for a reader: try again later
    update event_stream set low_seq = greatest(low_seq, (below / 1000000) * 1000000) where head_seq >= (below / 1000000) * 1000000;
    for part in select c.oid::regclass as name, substring(c.relname from 'event_log_(\d+)')::bigint as number
                  from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'event_log'::regclass
    loop
        if (part.number + 1) * 1000000 <= below
           and not exists (select 1 from event_stream s
                            where s.low_seq < (part.number + 1) * 1000000 and s.head_seq >= greatest(s.low_seq, part.number * 1000000)) then
            execute format('drop table %s', part.name);
            dropped := dropped + 1;
        end if;
    end loop;
    return dropped;
end $$;
select event_partition_ensure(0), event_partition_ensure(1000000);
