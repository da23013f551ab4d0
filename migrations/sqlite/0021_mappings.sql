-- Where imports come from: files that arrive in parts; and how they are read: mappings that are kept.

-- A file that arrives in parts, and for some time after that what became of it.
create table uploads (
    id text not null primary key, -- random, as nobody shall guess it; the file is data/uploads/<id>.csv
    client_id integer not null references clients (id),
    pool_id integer not null references pools (id),
    user_id integer not null references users (id), -- nobody else sends further parts
    length integer not null, -- of the whole, in bytes
    received integer not null, -- so many of them are on the disk
    metadata text not null, -- what was sent about the file, word for word
    how text not null, -- JSON of what shall become of it
    import_id integer, -- what was made of it
    expires_at integer not null
) strict;

create index uploads_expires on uploads (expires_at);
create index uploads_pool on uploads (pool_id);

-- A mapping of imports that is kept under a name, for all who import into the pool.
create table mappings (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    pool_id integer not null references pools (id),
    name text not null,
    version integer not null -- the newest
) strict;

create unique index mappings_name on mappings (pool_id, name);

-- Each time that it was saved; older ones stay.
create table mapping_versions (
    mapping_id integer not null references mappings (id),
    version integer not null,
    client_id integer not null references clients (id),
    reading text not null, -- JSON of domain::import::Reading; null in JSON: as recognised
    mapping text not null, -- JSON of domain::import::Mapping
    headings text not null, -- JSON: those of the file for which it was made, a column each
    fingerprint text not null, -- domain::import::fingerprint of the headings
    rules text, -- JSON of how rows are taken over; none: as usual
    user_id integer references users (id), -- who saved it; none: a program
    created_at integer not null,
    primary key (mapping_id, version)
) strict;
