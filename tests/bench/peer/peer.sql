-- The peer's whole enrolment as one function: the same tables, constraints, lock, rules, chain and event as hv-enrolment.
-- Differences, both in the peer's favour: the chain uses PostgreSQL's built-in sha256 (BLAKE2b-256 is not in PostgreSQL), and
-- the event's payload is a fixed-size stand-in of the same length instead of packed protobuf.
create function peer_enrol(a_person uuid, a_programme uuid, a_implementation uuid, a_key bytea, a_hash bytea, a_salt bytea, a_received timestamptz)
returns table (rule text, id uuid, state text, order_no integer, programme_order integer, place integer)
language plpgsql as $$
declare
    p programme; i implementation; who person; old registration; unmet text; new_state smallint; new_id uuid; head bytea; stamp timestamptz;
begin
    select * into p from programme where programme.id = a_programme for update;         -- lock first, read second
    if not found then rule := 'enrolment.programme.unknown'; return next; return; end if;
    select * into old from registration r where r.caller = a_person and r.idempotency_key = a_key;
    if found then
        if old.request_hash <> a_hash then rule := 'request.key-reused'; return next; return; end if;
        id := old.id; state := old.state; order_no := old.order_no; programme_order := old.programme_order; place := 0;
        return next; return;
    end if;
    select * into who from person where person.id = a_person;
    if not found then rule := 'enrolment.person.unknown'; return next; return; end if;
    if not exists (select 1 from application_window w where w.programme_id = p.id and w.opens_at <= a_received and a_received < w.closes_at) then
        rule := 'enrolment.window.not-open'; return next; return;
    end if;
    select r.rule into unmet from eligibility_rule r
     where r.programme_id = p.id and (r.implementation_id is null or r.implementation_id = a_implementation)
       and not (case r.fact when 'role' then who.role when 'level' then who.level
                            when 'organisation_kind' then who.organisation_kind else who.region end) = any (r.allowed)
     order by r.ordinal limit 1;
    if found then rule := unmet; return next; return; end if;
    if exists (select 1 from registration r where r.person_id = a_person and r.programme_id = p.id and r.state in (1, 2)) then
        rule := 'enrolment.already-registered'; return next; return;
    end if;
    select * into i from implementation where implementation.id = a_implementation and programme_id = p.id;
    if not found then rule := 'enrolment.implementation.unknown'; return next; return; end if;
    if p.taken < p.cap and i.taken < i.capacity and i.waiting = 0 then new_state := 1;
    elsif i.waiting < i.waiting_cap then new_state := 2;
    else rule := 'enrolment.full'; return next; return; end if;

    stamp := clock_timestamp();
    new_id := gen_random_uuid();
    head := sha256(i.chain_head || '\x01'::bytea || uuid_send(i.id) || int4send(i.chain_n + 1) || '\x00'::bytea
                   || int2send(new_state) || int4send(i.last_order + 1) || uuid_send(new_id)
                   || sha256(a_salt || uuid_send(a_person)) || timestamptz_send(stamp));
    update programme set taken = taken + (new_state = 1)::int, waiting = waiting + (new_state = 2)::int, last_order = last_order + 1
     where programme.id = p.id;
    update implementation set taken = taken + (new_state = 1)::int, waiting = waiting + (new_state = 2)::int, last_order = last_order + 1,
           chain_n = chain_n + 1, chain_head = head, chain_at = stamp where implementation.id = i.id;
    insert into registration (id, programme_id, implementation_id, person_id, state, first_state, order_no, programme_order, chain_n,
                              received_at, created_at, caller, idempotency_key, request_hash, chain_hash, salt, line)
    values (new_id, p.id, i.id, a_person, new_state, new_state, i.last_order + 1, p.last_order + 1, i.chain_n + 1,
            a_received, stamp, a_person, a_key, a_hash, head, a_salt, (p.last_order + 1)::bigint << 20);
    with h as (update event_stream set head_seq = head_seq + 1 where stream = 'enrolment.0' returning head_seq)
    insert into event_log (stream, seq, event_id, type, subject, occurred_at, traceparent, actor, payload)
    select 'enrolment.0', h.head_seq, gen_random_uuid(), 'enrolment.SeatTaken.v1', new_id::text, stamp,
           '00-00000000000000000000000000000000-0000000000000000-00', a_person, decode(repeat('00', 180), 'hex') from h;

    id := new_id; state := case new_state when 1 then 'STATE_SEATED' else 'STATE_QUEUED' end;
    order_no := i.last_order + 1; programme_order := p.last_order + 1;
    place := case new_state when 2 then i.waiting + 1 else 0 end;
    return next;
end $$;
