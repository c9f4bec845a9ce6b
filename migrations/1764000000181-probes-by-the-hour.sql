-- no transaction
-- Anyone may send a Callback-Test, and each was a row for ever. From here on those of one URL and address are one row an hour, and
-- the newest 1,000 are kept.
alter table probes add column if not exists tests integer not null default 1;
-- next
do $$
begin
  loop
    delete from probes where id in (select id from probes order by at desc, id desc offset 1000 limit 5000);
    exit when not found;
    commit;
  end loop;
end $$;
