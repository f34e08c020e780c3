-- A run that failed is retried once; the new one may be retried in its turn.
ALTER TABLE carabiner.runs ADD COLUMN retried_as bigint;
