-- Municipal cases: what hv-funding tells of cases, meetings and decisions of municipalities. New kinds of messages; their facts need no
-- column, and nobody is reminded of anything. And whom a letter about an application goes to.

alter table message
    drop constraint message_kind_check,
    add constraint message_kind_check check (kind between 1 and 45);

-- A letter about an application goes to the contact that application names, whatever else the same account has applied for: the contact is a
-- recipient of its own, with the application's id, and goes with its account when that is forgotten. The letter is said to the account still,
-- whose inbox has it; an application that has named nobody yet has its letters sent there too (store/reader.h).
alter table recipient add column account_id uuid;
create index recipient_account on recipient (account_id) where account_id is not null;
alter table message add column reader_id uuid;        -- the contact; null: the recipient reads it
alter table reminder add column application_id uuid;  -- of a grant: whose contact it goes to
