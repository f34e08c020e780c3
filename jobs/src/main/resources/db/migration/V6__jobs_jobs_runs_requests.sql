-- Jobs. The spec's text is the one truth; it is read again at every start.
CREATE TABLE carabiner.jobs (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    external_job_id uuid NOT NULL CONSTRAINT external_job_id_uniq UNIQUE,
    name character varying(255) CONSTRAINT idx_jobs_name UNIQUE,
    type text NOT NULL,
    toml text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- What went wrong with a job outside its runs, the same text once.
CREATE TABLE carabiner.job_errors (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id integer NOT NULL REFERENCES carabiner.jobs ON DELETE CASCADE,
    description text NOT NULL,
    occurrences bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT job_errors_once UNIQUE (job_id, description)
);

-- A request on chain: its identity is unique for ever, whatever reorgs do to its block.
CREATE TABLE carabiner.direct_requests (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chain_id numeric(78, 0) NOT NULL,
    contract bytea NOT NULL,
    request_id bytea,
    job_id integer REFERENCES carabiner.jobs ON DELETE SET NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'started', 'cancelled', 'rejected', 'vanished')),
    reason text,
    inputs json,
    block_number bigint NOT NULL,
    block_hash bytea NOT NULL,
    transaction_hash bytea NOT NULL,
    log_index bigint NOT NULL,
    ripe_at_block bigint NOT NULL,
    on_chain boolean NOT NULL DEFAULT true,
    cancelled_at_block bigint,
    run_id bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT direct_requests_identity UNIQUE (chain_id, contract, request_id),
    CONSTRAINT direct_requests_readable CHECK (request_id IS NOT NULL OR state IN ('rejected', 'vanished'))
);
-- A log that cannot be read has no request id: its place is its identity.
CREATE UNIQUE INDEX direct_requests_unreadable
    ON carabiner.direct_requests (chain_id, block_hash, log_index) WHERE request_id IS NULL;
CREATE INDEX direct_requests_waiting ON carabiner.direct_requests (chain_id, ripe_at_block) WHERE state = 'waiting';
CREATE INDEX direct_requests_block ON carabiner.direct_requests (chain_id, block_number);
CREATE INDEX direct_requests_job ON carabiner.direct_requests (job_id);

CREATE TABLE carabiner.runs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id integer NOT NULL REFERENCES carabiner.jobs ON DELETE CASCADE,
    request_id bigint REFERENCES carabiner.direct_requests ON DELETE SET NULL,
    state text NOT NULL CHECK (state IN ('running', 'suspended', 'completed', 'errored')),
    inputs json NOT NULL,
    outputs json,
    all_errors json,
    fatal_errors json,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CONSTRAINT runs_finished CHECK ((finished_at IS NOT NULL) = (state IN ('completed', 'errored')))
);
CREATE INDEX runs_job ON carabiner.runs (job_id, id);
CREATE INDEX runs_unfinished ON carabiner.runs (id) WHERE state IN ('running', 'suspended');
CREATE INDEX runs_request ON carabiner.runs (request_id);

CREATE TABLE carabiner.task_runs (
    id uuid PRIMARY KEY,
    run_id bigint NOT NULL REFERENCES carabiner.runs ON DELETE CASCADE,
    place integer NOT NULL,
    dot_id text NOT NULL,
    type text NOT NULL,
    index integer NOT NULL,
    output json,
    error text,
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    CONSTRAINT task_runs_once UNIQUE (run_id, dot_id)
);
