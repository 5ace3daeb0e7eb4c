-- The gateway's own tables: who may come in, and what was done about that. Passwords are argon2id strings; of an API token only
-- its id and terms are kept (the token itself is signed, not stored), so a copy of these tables lets nobody in.

create table account (
    id            uuid        primary key,
    user_name     text        not null unique check (user_name ~ '^[a-z0-9._@-]{3,100}$'),
    password      text        check (password like '$argon2id$%'),      -- null: signs in with tokens only
    roles         integer     not null check (roles between 1 and 7),   -- bits of bus.Role
    closed        boolean     not null default false,
    version       bigint      not null default 1,
    created_at    timestamptz not null default clock_timestamp(),
    sessions_from timestamptz,           -- sessions issued before are void: a changed password, a reopened account
    changed_at    timestamptz            -- when roles, closed or sessions_from last changed: what gateways read anew
);
create index account_changed on account (changed_at) where changed_at is not null;

create table api_token (
    id         uuid        primary key,
    account_id uuid        not null references account,
    name       text        not null check (char_length(name) <= 100),
    roles      integer     not null check (roles between 1 and 7),
    created_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    revoked_at timestamptz
);
create index api_token_account on api_token (account_id, created_at);

create table revocation (                -- credentials withdrawn before their time: API tokens and signed-out sessions
    id         uuid        primary key,
    expires_at timestamptz not null,     -- after this the credential is void by itself and the row may go
    revoked_at timestamptz not null default clock_timestamp()
);
create index revocation_age on revocation (revoked_at);
create index revocation_end on revocation (expires_at);

create table audit (                     -- append-only; ids instead of names
    id     bigint      generated always as identity primary key,
    at     timestamptz not null default clock_timestamp(),
    actor  uuid,                         -- null: nobody had signed in
    action text        not null,         -- "session.opened", "session.refused", "account.created" ...
    target text        not null,         -- id of the account, token or session
    detail text        not null default ''
);

-- The first admin, for `hv migrate --admin NAME`: the owner of the database may make one while there is no open account with
-- the admin role, and only then. An account of that name is given the role and the password. Returns null when there is one.
create function account_bootstrap(new_id uuid, new_name text, new_password text) returns uuid
language plpgsql set search_path from current as $$
declare
    made uuid;
begin
    lock table account in share row exclusive mode;
    if exists (select 1 from account where roles & 4 <> 0 and not closed) then
        return null;
    end if;
    insert into account (id, user_name, password, roles) values (new_id, new_name, new_password, 7)
    on conflict (user_name) do update set password = excluded.password, roles = 7, closed = false, version = account.version + 1,
                                          sessions_from = clock_timestamp(), changed_at = clock_timestamp()
    returning id into made;
    insert into audit (action, target, detail) values ('account.bootstrap', made::text, 'roles 7, by the owner of the database');
    return made;
end $$;
