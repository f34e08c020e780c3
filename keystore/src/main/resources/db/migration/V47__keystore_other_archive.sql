-- Deleted keys other than Ethereum's, each encrypted as a ring of its own with the keystore password, until they are
-- deleted for ever.
CREATE TABLE carabiner.archived_other_keys (
    -- The member of the key ring: CSA, OCR, OCR2, P2P, VRF.
    kind text NOT NULL,
    id text NOT NULL,
    encrypted_key jsonb NOT NULL,
    archived_at timestamptz NOT NULL,
    PRIMARY KEY (kind, id)
);
