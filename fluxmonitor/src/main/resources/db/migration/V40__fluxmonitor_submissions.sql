-- Which rounds of a flux feed this node's oracles have submitted to (Go: flux_monitor_round_stats_v2). A round has one
-- row for each oracle, so two jobs on one feed share it; the row, its run and its transaction are stored together.
CREATE TABLE carabiner.flux_monitor_submissions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chain_id numeric(78, 0) NOT NULL,
    aggregator bytea NOT NULL CHECK (octet_length(aggregator) = 20),
    oracle bytea NOT NULL CHECK (octet_length(oracle) = 20),
    round_id bigint NOT NULL CHECK (round_id BETWEEN 0 AND 4294967295),
    -- How often; a second time only after the first transaction has failed for good.
    count integer NOT NULL DEFAULT 0 CHECK (count >= 0),
    -- Those of the last time. Both may be deleted before this row.
    run_id bigint,
    transaction_id bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT flux_monitor_submissions_once UNIQUE (chain_id, aggregator, oracle, round_id),
    CONSTRAINT flux_monitor_submissions_sent CHECK ((count = 0) = (transaction_id IS NULL))
);
