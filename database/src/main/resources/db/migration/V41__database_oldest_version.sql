-- The oldest program that may use these tables; null where the row was written before this was known.
ALTER TABLE carabiner.node_versions ADD COLUMN oldest_version text;
