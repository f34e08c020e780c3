-- The specs that jobs had before their present ones. A run ends with the spec that it began with.
CREATE TABLE carabiner.job_versions (
    job_id integer NOT NULL REFERENCES carabiner.jobs ON DELETE CASCADE,
    version integer NOT NULL,
    external_job_id uuid NOT NULL,
    toml text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (job_id, version)
);
ALTER TABLE carabiner.jobs ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE carabiner.jobs ADD COLUMN changed_at timestamptz;
UPDATE carabiner.jobs SET changed_at = created_at;
ALTER TABLE carabiner.jobs ALTER COLUMN changed_at SET NOT NULL, ALTER COLUMN changed_at SET DEFAULT now();
ALTER TABLE carabiner.runs ADD COLUMN job_version integer NOT NULL DEFAULT 1;
