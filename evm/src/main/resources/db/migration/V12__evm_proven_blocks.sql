-- Blocks above this one were followed by their announced headers only; their events are asked for once more.
ALTER TABLE carabiner.evm_cursors ADD COLUMN proven_number bigint;
UPDATE carabiner.evm_cursors SET proven_number = block_number;
ALTER TABLE carabiner.evm_cursors
    ALTER COLUMN proven_number SET NOT NULL,
    ADD CHECK (proven_number >= -1 AND proven_number <= block_number);
