-- Who may use the API, and who is logged in. Owned by the room web.
CREATE TABLE carabiner.users (
    email text PRIMARY KEY CHECK (email = lower(email) AND email <> ''),
    hashed_password text NOT NULL,
    role text NOT NULL CHECK (role IN ('admin', 'edit', 'run', 'view')),
    -- An API token is there as a whole or not at all; of its secret only a salted hash is kept.
    token_key text UNIQUE,
    token_salt text,
    token_hashed_secret text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK ((token_key IS NULL) = (token_salt IS NULL) AND (token_key IS NULL) = (token_hashed_secret IS NULL))
);

-- The identifier is the hash of what the cookie holds, so that nobody can log in with what stands here.
CREATE TABLE carabiner.sessions (
    id_hash bytea PRIMARY KEY CHECK (octet_length(id_hash) = 32),
    email text NOT NULL REFERENCES carabiner.users (email) ON DELETE CASCADE,
    last_used timestamptz NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX sessions_email_idx ON carabiner.sessions (email);
CREATE INDEX sessions_last_used_idx ON carabiner.sessions (last_used);
