-- Rows of an import for whose mail domain the DNS had no answer.
alter table imports add column n_not_asked bigint not null default 0;
