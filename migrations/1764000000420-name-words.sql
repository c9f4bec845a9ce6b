-- Every word of the names in `applicants`, once, so that a search can look for words like the one that was typed and then ask the
-- index of names for these. It holds nothing that `applicants.name_key` does not hold. The feed's follower `name-words` adds to it;
-- an erasure and the job `applicants.sweep-name-words` take out what no name holds any more.
create table name_words (
  word text primary key,
  skeleton text not null, -- its consonants, the same for both scripts
  near text[] not null -- the word, and the word without each of its letters
);
create index name_words_prefix on name_words (word text_pattern_ops);
create index name_words_skeleton on name_words (skeleton);
-- new words are rare, and a search must not read through a list of pending ones
create index name_words_near on name_words using gin (near) with (fastupdate = off);
