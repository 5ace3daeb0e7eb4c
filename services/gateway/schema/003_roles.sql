-- Roles beyond enrolment: applicants and officials of grant calls have bits of bus.Role of their own.
alter table account drop constraint account_roles_check, add constraint account_roles_check check (roles between 1 and 65535);
alter table api_token drop constraint api_token_roles_check, add constraint api_token_roles_check check (roles between 1 and 65535);
