-- What the little service of the rpc tests did: one row for each time it did it.
create table tally (
    word    text        not null,
    done_at timestamptz not null default clock_timestamp()
);
