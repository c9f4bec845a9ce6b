-- no transaction
-- A statement of completeness counts the bodies of its period that were refused; there are few, among millions that were taken.
create index concurrently receipts_rejected on receipts (received_at) where state = 'rejected';
