-- A request to reveal may be for a picture: the field that names it. Then `fields` is empty.
alter table reveal_requests add column image text;
