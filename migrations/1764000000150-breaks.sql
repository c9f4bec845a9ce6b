-- What migrations take from releases that do not know them: such a release refuses to start, and says why.
create table schema_breaks (
  migration text primary key,
  breaks text not null
);
