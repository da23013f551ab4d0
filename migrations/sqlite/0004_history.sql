-- What happened to profiles, and what lies in the bin.

-- No references: a million imported profiles write a million lines, and their ids come from the
-- same transaction. A line is never changed; it goes only together with its profile.
create table history (
    id integer not null primary key autoincrement,
    client_id integer not null,
    pool_id integer not null,
    profile_id integer not null,
    at integer not null,
    actor_kind text not null, -- user, api, import, system
    actor_id integer,
    action text not null,
    changes text not null -- JSON, list of domain::history::FieldChange
) strict;

create index history_profile on history (pool_id, profile_id, id);

create trigger history_is_kept before update on history
begin
    select raise(abort, 'a line of history is never changed');
end;

-- What was deleted in one go can be restored in one go.
create table delete_batches (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    pool_id integer not null references pools (id),
    at integer not null,
    actor_kind text not null,
    actor_id integer,
    n_profiles integer not null
) strict;

create index delete_batches_pool on delete_batches (pool_id, at);
