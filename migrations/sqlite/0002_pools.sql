-- Pools and their fields. The profiles lie in one table a pool, made by store/src/pool_table.rs.

create table pools (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    name text not null,
    n_profiles integer not null default 0, -- without those in the bin
    revision integer not null default 0, -- rises with every change of a profile, and is given to it
    shape integer not null default 0, -- rises with every change of name, categories, fields, options
    created_at integer not null,
    last_activity_at integer,
    deleted_at integer
) strict;

create unique index pools_name on pools (client_id, name) where deleted_at is null;

create table categories (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    pool_id integer not null references pools (id),
    name text not null, -- empty: shown in the reader's language by its role
    role text not null, -- basic, internal, unassigned, custom
    position integer not null
) strict;

create index categories_pool on categories (pool_id, position);

-- A field's values lie in column f<id> of its pool's table, an internal field's in a column with a name.
create table fields (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    pool_id integer not null references pools (id),
    category_id integer not null references categories (id),
    key text not null, -- internal name, capitals and digits
    label text not null, -- empty: a standard or internal field that nobody renamed
    kind text not null,
    position integer not null,
    standard integer not null default 0,
    internal text, -- key of an internal field
    required integer not null default 0,
    matching integer not null default 0,
    profiling integer not null default 0,
    tagging integer not null default 0,
    default_value text,
    help text not null default '',
    deleted_at integer
) strict;

create unique index fields_key on fields (pool_id, key) where deleted_at is null;
create index fields_category on fields (category_id);

-- What can be chosen in a selection; profiles keep the id, so that a label can change.
create table options (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    field_id integer not null references fields (id),
    label text not null,
    position integer not null,
    deleted_at integer
) strict;

create unique index options_label on options (field_id, label) where deleted_at is null;

-- How a person has arranged a pool's list: columns, widths, page size (JSON of domain::layout).
create table layouts (
    client_id integer not null references clients (id),
    user_id integer not null references users (id),
    pool_id integer not null references pools (id),
    layout text not null,
    primary key (user_id, pool_id)
) strict, without rowid;
