-- What reads the feed for images and for reconciliation is a follower as the others are, and goes on from where it was. A
-- replica of the version before still reads by `image_wants` and `reconciliation_cursor`: both note the same images and
-- the same doubts, and noted twice is noted once. The release after this one drops the two tables.
insert into feed_cursors (follower, tx, seq)
select 'images', tx, seq from image_wants union all select 'reconciliation', tx, seq from reconciliation_cursor
on conflict (follower) do nothing;
