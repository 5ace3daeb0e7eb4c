-- A held seat remembers of which window's quota it took a share, so that it gives back that one and none it never took: the quota may be
-- set, dropped or its window moved while the seat is held. Without a foreign key: a window that was removed is simply not found.

alter table registration add column quota_window uuid;
update registration r set quota_window = (
        select a.id from application_window a
         where a.programme_id = r.programme_id and a.quota > 0 and a.used > 0 and a.opens_at <= r.received_at and r.received_at < a.closes_at
         limit 1)
 where r.state = 4;
