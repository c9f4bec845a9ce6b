-- `notices_pkey` (tx, seq), like `changes_feed`, serves replicas of 0.1.0 alone; it goes where `changes_feed` went.
do $$ begin
  if not exists (select from changes) then
    alter table notices drop constraint notices_pkey;
    alter table notices add constraint notices_place primary key using index notices_place;
  end if;
end $$;
