-- Links to files that were made in the background are signed, so that nobody guesses one.

-- A key for each client, made with its first link. Whoever replaces it makes every link of the client invalid.
create table link_keys (
    client_id bigint not null primary key references clients (id),
    key bytea not null, -- 32 random bytes
    created_at bigint not null
);
