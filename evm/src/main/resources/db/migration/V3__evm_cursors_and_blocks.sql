-- How far the events of each chain are stored. It moves in the transaction that stores them.
CREATE TABLE carabiner.evm_cursors (
    chain_id     numeric(78) PRIMARY KEY,
    block_number bigint      NOT NULL CHECK (block_number >= -1),
    updated_at   timestamptz NOT NULL DEFAULT now()
);

-- The hashes of the newest blocks that were read, by which a reorg is noticed and its depth found.
CREATE TABLE carabiner.evm_blocks (
    chain_id numeric(78) NOT NULL,
    number   bigint      NOT NULL CHECK (number >= 0),
    hash     bytea       NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (chain_id, number)
);
