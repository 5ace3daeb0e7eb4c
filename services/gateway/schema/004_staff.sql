-- Staff are found by role (FindAccounts): a small index of coordinators, evaluators, preparers, presenting officials, decision-makers,
-- secretaries and board members, for whoever takes part or applies comes by the ten thousand.
create index account_staff on account (user_name) where roles & 1010 <> 0 and not closed;
