-- Who did what to which object, when and from where.
-- Entries are never changed, and each is chained to the one before by its hash, so that tampering shows (docs/audit.md).

-- One row a log. Whoever writes an entry holds it, so that many processes keep one order.
create table audit_chains (
    chain integer not null primary key, -- the client; 0: the installation
    last_n integer not null,
    last_hash blob not null,
    first_n integer not null default 1, -- older entries were removed
    anchor blob not null, -- what the first entry is chained to: 32 zeros, or the hash of the last one removed
    -- the latest time of an entry, and by how much a later entry was ever before it, because a clock was set back: so far
    -- beside a span of time its entries have to be looked for
    latest_at integer not null default 0,
    behind integer not null default 0
) strict;

-- No references: what is gone stays in the log.
create table audit_log (
    id integer not null primary key autoincrement, -- by which the search index knows it
    chain integer not null,
    n integer not null, -- counted from 1 without gaps
    at integer not null,
    actor_kind text not null, -- user, api, import, command_line, nobody, system
    actor_id integer,
    actor_name text not null, -- names are those of that time
    deed text not null,
    object_kind text not null,
    object_id integer,
    object_name text not null,
    pool_id integer, -- to which the object belongs, or which it is
    address text, -- of the other end
    session text, -- tells the sessions of a person apart
    before text, -- JSON; ids and numbers, no values of profiles and nothing secret
    after text,
    previous blob not null, -- hash of the entry before
    hash blob not null -- SHA-256 of domain::audit::Entry::signed
) strict;

create unique index audit_log_n on audit_log (chain, n);
create index audit_log_at on audit_log (chain, at, n);
-- the time stands in each, so that it is looked at without reading entries
create index audit_log_deed on audit_log (chain, deed, n, at);
create index audit_log_actor on audit_log (chain, actor_kind, actor_id, n, at);
create index audit_log_object on audit_log (chain, object_kind, object_id, n, at);
create index audit_log_pool on audit_log (chain, pool_id, n, at);

-- The words by which entries are found.
create virtual table search_audit using fts5(body, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1');

create trigger audit_log_is_kept before update on audit_log
begin
    select raise(abort, 'an entry of the audit log is never changed');
end;

-- Only what lies before the beginning of its log may go: moving that is an entry itself.
create trigger audit_log_keeps_its_entries before delete on audit_log
when old.n >= coalesce((select first_n from audit_chains where chain = old.chain), 0)
begin
    select raise(abort, 'an entry of the audit log is never removed before its time');
end;

create trigger audit_chains_only_grow before update on audit_chains
when new.chain <> old.chain or new.last_n < old.last_n or new.first_n < old.first_n or new.first_n > old.last_n + 1
begin
    select raise(abort, 'an audit log only grows');
end;

create trigger audit_chains_stay before delete on audit_chains
begin
    select raise(abort, 'an audit log is never removed');
end;
