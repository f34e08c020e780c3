-- Programs that start webhook jobs. The node sends the outgoing pair, so it is kept as it is.
CREATE TABLE carabiner.external_initiators (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE CHECK (name = lower(name)),
    url text,
    access_key text NOT NULL UNIQUE,
    secret_hash bytea NOT NULL,
    secret_salt bytea NOT NULL,
    outgoing_token text NOT NULL,
    outgoing_secret text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
