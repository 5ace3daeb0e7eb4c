-- Staff are found by role (FindAccounts): a small index of coordinators, evaluators, preparers, presenting officials and decision-makers, for
-- whoever takes part or applies comes by the ten thousand.
create index account_staff on account (user_name) where roles & 242 <> 0 and not closed;
