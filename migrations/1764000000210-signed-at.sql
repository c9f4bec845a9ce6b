-- When a replica last signed with the key, within a minute: that long, and for the life of a token, the key verifies. What an
-- older replica knows is carried over: each key signed until the next one began.
alter table key_checks add column signed_at timestamptz;
update key_checks k set signed_at = u.until from (
  select key_id, coalesce(lead(signing_since) over (order by signing_since, created_at), now()) as until
    from key_checks where signing_since is not null) u
 where u.key_id = k.key_id;
