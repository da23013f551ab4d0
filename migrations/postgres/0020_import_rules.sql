-- An import has rules, and tells what they left out.

-- JSON of domain::import::Rules; none: from before there were rules, the key stands in the mapping
alter table imports add column rules text;
alter table imports add column n_skipped bigint not null default 0;
-- domain::import::Noted: rows that raised a permission, and that would have
alter table imports add column n_raised bigint not null default 0;
alter table imports add column n_not_raised bigint not null default 0;
-- rows that would have lifted an unsubscription or an objection
alter table imports add column n_objections bigint not null default 0;
-- options that were left out, and that were made
alter table imports add column n_left_out bigint not null default 0;
alter table imports add column n_options bigint not null default 0;

-- Which row of a file counts for a profile, as long as its import runs: for imports that take the first or the last one.
create table import_marks (
    client_id bigint not null references clients (id),
    import_id bigint not null references imports (id),
    mark text not null, -- the beginning of the SHA-256 of the key, 32 hexadecimal digits
    row_number bigint not null, -- as a table program counts
    primary key (import_id, mark)
);
