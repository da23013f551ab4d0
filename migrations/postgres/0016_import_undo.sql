-- What an import did can be taken back.

-- the batch to which its changes belong; none: it has changed nothing yet, or ran before this was noted
alter table imports add column batch_id bigint;
-- the batch in the bin with the profiles that taking it back moved there
alter table imports add column undo_batch bigint;
-- JSON of store::imports::undo::ImportUndone: how far taking it back has come
alter table imports add column undone text;
