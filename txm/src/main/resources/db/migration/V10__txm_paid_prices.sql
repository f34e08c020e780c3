-- What a unit of gas did cost, which is mostly less than what was offered; null where the endpoint did not say.
ALTER TABLE carabiner.tx_receipts ADD COLUMN effective_gas_price numeric(78, 0) CHECK (effective_gas_price >= 0);
