-- Pools are reshaped step by step; each step can be taken back.

-- deleted categories and fields come back with what they had
alter table categories add column deleted_at integer;

-- What was changed about a pool, and what takes it back.
create table pool_changes (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    pool_id integer not null references pools (id),
    at integer not null,
    actor_kind text not null, -- user, api, system
    actor_id integer,
    step text not null, -- JSON of domain::config::Step
    inverse text not null, -- JSON of domain::config::Step
    undoes integer, -- the change that this one took back
    undone integer not null default 0
) strict;

create index pool_changes_pool on pool_changes (pool_id, id);
