-- A job that is paused makes no runs. Its requests are stored and wait.
ALTER TABLE carabiner.jobs ADD COLUMN paused_at timestamptz;
