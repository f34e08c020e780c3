-- Old runs are found by when they were made: rows lie in that order, so that a few numbers a page of rows are enough.
CREATE INDEX runs_created ON carabiner.runs USING brin (created_at) WITH (pages_per_range = 16);
