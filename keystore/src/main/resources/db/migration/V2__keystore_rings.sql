-- All secrets of the node, encrypted as one JSON object with the keystore password. One row, null until the first key.
CREATE TABLE carabiner.encrypted_key_rings (
    encrypted_keys jsonb,
    updated_at timestamptz NOT NULL
);

CREATE UNIQUE INDEX encrypted_key_rings_one_row ON carabiner.encrypted_key_rings ((true));

-- On which chains an Ethereum key of the ring works.
CREATE TABLE carabiner.evm_key_states (
    address bytea NOT NULL CHECK (octet_length(address) = 20),
    evm_chain_id numeric(78, 0) NOT NULL CHECK (evm_chain_id >= 0),
    disabled boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (address, evm_chain_id)
);
