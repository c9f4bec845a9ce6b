-- Tokens of a client that were issued before this moment do not open any more; null: all of them do. The moment is the
-- database's, and each token carries the one it was issued under: clocks of replicas do not matter.
alter table clients add column tokens_valid_from timestamptz;

-- Since when the key is the one that signs; of keys that signed before, the last one verifies for a token's life more. Null: it never
-- signed. A command that has a new key in its ring already begins nothing.
alter table key_checks add column signing_since timestamptz;
update key_checks set signing_since = created_at;
