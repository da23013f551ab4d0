-- Passkeys (WebAuthn): keys on people's devices that sign in alone, or behind the password.

create table passkeys (
    id integer not null primary key autoincrement,
    user_id integer not null references users (id),
    credential_id blob not null, -- what the device calls it
    handle blob not null, -- what devices know its person by: 16 random bytes, the same for all passkeys of one
    credential text not null, -- public key and what else an answer is held against, in the JSON of the library that does
    counter integer not null, -- of the newest signature; it only grows, or stays 0 where a key lies on several devices
    name text not null, -- given by its person
    created_at integer not null,
    last_used_at integer
) strict;

create unique index passkeys_credential on passkeys (credential_id);
create index passkeys_user on passkeys (user_id);

-- Asked and not yet answered; the row goes with its use, whatever the answer is worth.
create table passkey_ceremonies (
    challenge_hash blob not null primary key, -- SHA-256 of what the device has to sign
    holder_hash blob not null, -- SHA-256 of the session, or of a cookie before signing in: nobody else can answer
    kind text not null, -- register, sign_in, second
    state text not null, -- what the answer is held against, as JSON
    expires_at integer not null
) strict, without rowid;

create index passkey_ceremonies_expires on passkey_ceremonies (expires_at);
