-- What was spent on a day (UTC) in the name of a key, a job or a requester, such as 'job 12': receipts where they are
-- known, else the most it can cost.
CREATE TABLE carabiner.guard_spending (
    evm_chain_id numeric(78, 0) NOT NULL,
    day date NOT NULL,
    spender text NOT NULL,
    wei numeric(78, 0) NOT NULL CHECK (wei >= 0),
    PRIMARY KEY (evm_chain_id, day, spender)
);

-- Transactions that are counted with the most they can cost, until their receipts say what they did cost.
CREATE TABLE carabiner.guard_commitments (
    eth_tx_id bigint PRIMARY KEY,
    evm_chain_id numeric(78, 0) NOT NULL,
    day date NOT NULL,
    spenders text[] NOT NULL,
    wei numeric(78, 0) NOT NULL CHECK (wei >= 0)
);
CREATE INDEX guard_commitments_of_chain ON carabiner.guard_commitments (evm_chain_id, eth_tx_id);
