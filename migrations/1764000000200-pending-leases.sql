-- Who applies a pending receipt holds it so long: two workers never apply one, and the receipt of a killed one is taken over.
alter table receipts add column lease_until timestamptz;
