-- The second factor of signing in, and sessions that wait for it.

-- An app on a person's phone that shows codes by time (TOTP, RFC 6238: SHA-1, six digits, 30 seconds).
create table second_factors (
    user_id bigint not null primary key references users (id),
    secret bytea not null, -- as it is: whoever reads it can make the codes (SECURITY.md)
    begun_at bigint not null,
    begun_in bytea not null, -- SHA-256 of the session that sets it up: only that one is shown the secret
    confirmed_at bigint, -- none: nobody has typed a first code yet, and none is asked for
    last_step bigint not null default 0 -- the newest half minute whose code was used; it only grows, so that no code counts twice
);

-- Codes for whoever lost the phone. A row goes with its use.
create table recovery_codes (
    user_id bigint not null references users (id),
    code_hash bytea not null, -- SHA-256
    primary key (user_id, code_hash)
);

-- By what the first step of signing in was taken (password, link …) while the second is awaited; none: signed in.
alter table sessions add column stage text;
