-- Why a reminder was called off. Of earlier ones nobody knows.

alter table reminder add column why text not null default '';
