-- Which version of the program last used this database: an older one refuses to start on it.
CREATE TABLE carabiner.node_versions (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    version text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
