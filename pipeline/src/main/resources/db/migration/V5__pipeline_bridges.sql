-- External adapters that jobs call by name. Names are kept in lower case.
CREATE TABLE carabiner.bridges (
    name text PRIMARY KEY CHECK (name ~ '^[a-z0-9_-]+$'),
    url text NOT NULL,
    confirmations bigint NOT NULL DEFAULT 0 CHECK (confirmations BETWEEN 0 AND 4294967295),
    minimum_contract_payment numeric(78, 0) CHECK (minimum_contract_payment >= 0),
    incoming_token_hash bytea NOT NULL,
    incoming_token_salt bytea NOT NULL,
    outgoing_token text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
