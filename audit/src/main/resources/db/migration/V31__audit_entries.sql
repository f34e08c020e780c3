CREATE TABLE carabiner.audit_entries (
    sequence bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    event_id text NOT NULL,
    actor text NOT NULL,
    origin text NOT NULL,
    data text NOT NULL,
    previous bytea NOT NULL CHECK (length(previous) = 32),
    hash bytea NOT NULL CHECK (length(hash) = 32)
);
COMMENT ON COLUMN carabiner.audit_entries.data IS 'JSON as it was hashed: text, since json types may be written anew';
