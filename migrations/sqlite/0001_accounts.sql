-- Who may do what: clients, the people who work for them, and how they sign in.

-- A client (Mandant) owns pools; nothing is shared between two of them.
create table clients (
    id integer not null primary key autoincrement,
    name text not null,
    -- IANA name of the zone in which times are shown and typed
    zone text not null default 'Europe/Berlin',
    created_at integer not null -- unix milliseconds, as all times here
) strict;

create table users (
    id integer not null primary key autoincrement,
    email text not null, -- trimmed and in lower case, the way domain parses it
    name text not null,
    password_hash text, -- PHC string; none: signs in by link only
    lang text not null, -- de, en
    theme text not null default 'system', -- system, light, dark
    created_at integer not null
) strict;

create unique index users_email on users (email);

-- Who works for which client.
create table memberships (
    client_id integer not null references clients (id),
    user_id integer not null references users (id),
    role text not null, -- administrator, member
    primary key (client_id, user_id)
) strict, without rowid;

create index memberships_user on memberships (user_id);

-- Only the SHA-256 of a token is stored: a copy of the database opens no session.
create table sessions (
    token_hash blob not null primary key,
    client_id integer not null references clients (id),
    user_id integer not null references users (id),
    created_at integer not null,
    expires_at integer not null
) strict, without rowid;

create index sessions_user on sessions (user_id);
create index sessions_expires on sessions (expires_at);

-- Links that sign a person in once; the row goes with its use.
create table one_time_links (
    token_hash blob not null primary key,
    user_id integer not null references users (id),
    expires_at integer not null
) strict, without rowid;

create index one_time_links_expires on one_time_links (expires_at);

-- Failed sign-ins, counted by whatever the server throttles by (address, e-mail).
create table sign_in_attempts (
    id integer not null primary key autoincrement,
    key text not null,
    at integer not null
) strict;

create index sign_in_attempts_key on sign_in_attempts (key, at);
create index sign_in_attempts_at on sign_in_attempts (at);

-- Access to the REST interface.
create table api_tokens (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    user_id integer not null references users (id),
    name text not null,
    token_hash blob not null,
    created_at integer not null,
    last_used_at integer, -- to the minute, so that not every call writes
    revoked_at integer
) strict;

create unique index api_tokens_hash on api_tokens (token_hash);
create index api_tokens_client on api_tokens (client_id);
