-- Deleted Ethereum keys, each encrypted as a ring of its own with the keystore password, until they are deleted for ever.
CREATE TABLE carabiner.archived_keys (
    address bytea PRIMARY KEY CHECK (octet_length(address) = 20),
    encrypted_key jsonb NOT NULL,
    -- The chains it was on, as decimal numbers.
    enabled_on text[] NOT NULL,
    disabled_on text[] NOT NULL,
    archived_at timestamptz NOT NULL
);
