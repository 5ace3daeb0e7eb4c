-- Who holds an offer or waits is told of moved and called-off webinars too: they stand among the participants, and how they stand there.

alter table participant
    add column standing smallint not null default 1 check (standing between 1 and 3);   -- 1 a seat, 2 an offer, 3 on the waiting list

-- Those who wait already: what was told last of their registration says so (2 waiting_list, 7 offer, 8 offer_passed, 9 transfer, 10 displaced).
insert into participant (registration_id, training_id, person_id, since, implementation_id, version, standing)
select told.registration_id, told.training_id, told.recipient_id, told.queued_at, told.implementation_id,
       told.registration_version, case told.kind when 7 then 2 else 3 end
from (select distinct on (m.registration_id) m.registration_id, m.training_id, m.recipient_id, m.queued_at,
             m.implementation_id, m.registration_version, m.kind, m.facts
      from message m
      where m.registration_id is not null and m.training_id is not null and m.kind in (1, 2, 3, 4, 7, 8, 9, 10) and not m.test
      order by m.registration_id, m.number desc) told
where (told.kind in (2, 7, 8, 10) or (told.kind = 9 and told.facts ? 'waiting'))
  and exists (select 1 from recipient r where r.id = told.recipient_id)
  and not exists (select 1 from message gone where gone.origin_id = told.registration_id)
on conflict (registration_id) do nothing;
