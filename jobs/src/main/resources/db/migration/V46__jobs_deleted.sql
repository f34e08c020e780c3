-- A deleted job is gone at once; its row stays, without name and id, until its runs have been removed page by page.
ALTER TABLE carabiner.jobs ADD COLUMN deleted_at timestamptz;
