-- What the JSON of an output does not tell (that a text is bytes, a number a decimal), for runs that go on after a
-- restart. Only unfinished runs need it; null where the JSON tells all.
ALTER TABLE carabiner.task_runs ADD COLUMN output_kinds text;
