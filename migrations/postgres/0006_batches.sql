-- What was done to many profiles in one go can be undone in one go: edits as well as deletions.

alter table delete_batches rename to batches;
alter table batches add column kind text not null default 'delete'; -- delete, edit
drop index delete_batches_pool;
create index batches_pool on batches (pool_id, at);

-- the batch to which a line belongs
alter table history add column batch_id bigint;
create index history_batch on history (batch_id, profile_id) where batch_id is not null;
