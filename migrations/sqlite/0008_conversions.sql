-- A field gets another type: its values move to a new column, and can come back for 14 days.

-- the column of a field that was converted, c<n>; none: f<id>
alter table fields add column column_no integer;
-- Rises when values of a field get another form: whoever writes by the older one is refused.
alter table pools add column forms integer not null default 0;
-- what a merge of options has changed about the pool; taking the batch back takes that back too
alter table batches add column change_id integer;

create table conversions (
    id integer not null primary key autoincrement,
    client_id integer not null references clients (id),
    pool_id integer not null references pools (id),
    field_id integer not null,
    job_id integer,
    undoes integer, -- the conversion whose values come back
    from_kind text not null,
    from_column integer, -- as fields.column_no
    to_kind text not null,
    lang text not null, -- in which values are read and shown
    field text not null, -- JSON of the FieldDef before
    options text not null default '[]', -- JSON: ids of options that it made
    seen integer not null default -1, -- profiles up to this revision of the pool are filled
    next_seen integer not null default -1, -- after the pass at hand
    next_profile integer not null default 0, -- filled up to this profile in the pass at hand
    n_values integer not null default 0,
    n_converted integer not null default 0,
    n_kept integer not null default 0, -- values of a way back that stay as they were
    created_at integer not null,
    swapped_at integer, -- since when the field has its new type
    freed_at integer -- since when the column that nobody needs is empty
) strict;

create index conversions_field on conversions (pool_id, field_id);
