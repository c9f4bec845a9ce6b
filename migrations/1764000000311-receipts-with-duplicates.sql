-- no transaction
-- An erasure opens the receipts that no version names: of deliveries that changed nothing.
create index concurrently if not exists receipts_duplicates on receipts (received_at) where duplicates > 0;
