-- What feeds, forwarders, access lists and operators' hands need of transactions.

-- The newest transactions of a subject are worth sending, older ones are not (Go: drop oldest).
ALTER TABLE carabiner.txes ADD COLUMN subject uuid;
-- [{"address": "0x…", "storageKeys": ["0x…"]}] as in EIP-2930.
ALTER TABLE carabiner.txes ADD COLUMN access_list jsonb;

CREATE INDEX txes_of_subject ON carabiner.txes (subject, id) WHERE state = 'unstarted' AND subject IS NOT NULL;

-- Type 1 (EIP-2930) has one price, as type 0.
ALTER TABLE carabiner.tx_attempts
    DROP CONSTRAINT tx_attempts_fee,
    ADD CONSTRAINT tx_attempts_fee CHECK (
        CASE
            WHEN tx_type IN (0, 1) THEN gas_price IS NOT NULL AND gas_tip_cap IS NULL AND gas_fee_cap IS NULL
            WHEN tx_type = 2 THEN gas_price IS NULL AND gas_tip_cap IS NOT NULL AND gas_fee_cap IS NOT NULL
            ELSE false
        END);

-- What people did to transactions, for ever: no reference to rows that are deleted when they are old.
CREATE TABLE carabiner.tx_actions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now(),
    actor text NOT NULL CHECK (actor <> ''),
    action text NOT NULL CHECK (action IN ('bump', 'cancel', 'rebroadcast', 'fill')),
    evm_chain_id numeric(78, 0) NOT NULL,
    from_address bytea NOT NULL CHECK (octet_length(from_address) = 20),
    eth_tx_id bigint,
    nonce bigint CHECK (nonce >= 0),
    done boolean NOT NULL,
    result text NOT NULL CHECK (result <> '')
);

-- Forwarder contracts, and the keys that each was last seen to let pass.
CREATE TABLE carabiner.evm_forwarders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    address bytea NOT NULL CHECK (octet_length(address) = 20),
    evm_chain_id numeric(78, 0) NOT NULL CHECK (evm_chain_id >= 0),
    senders bytea[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT evm_forwarders_address_key UNIQUE (address, evm_chain_id)
);
