-- Layouts of exports that are kept under a name, for all who export from the pool.

create table export_layouts (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    pool_id integer not null references pools (id),
    name text not null,
    layout text not null, -- JSON: pairs of names and values as an address has them, see domain::export::Wish::layout
    user_id integer references users (id), -- who saved it last; none: a program
    saved_at integer not null
) strict;

create unique index export_layouts_name on export_layouts (pool_id, name);
