-- A month is made under a lock for which callbacks wait in turn: behind a dump it gives up at once, and is tried again.
alter function ensure_month_partitions(integer) set lock_timeout = '300ms';
