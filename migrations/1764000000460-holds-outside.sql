-- Which holds stand in the ledger beside the images, too, and where: the entry of each deed. A restored database finds there what it
-- does not know.
create table hold_ledger (
  place int primary key,
  hold_id uuid not null,
  deed text not null check (deed in ('placed', 'lifted'))
);

-- The national id of an erasure of somebody whom elements of nobody name, sealed; gone once it is done.
alter table erasures add column id_number bytea;
