-- no transaction
-- Has no rows: whoever makes an applicant whose GUID has capitals locks it, so that no other spelling is made meanwhile.
create table if not exists guid_gate ();
-- next
-- A GUID is one applicant however it is spelled (A34). Ids stay as they were first received; those with capitals are found by
-- this index, which is empty where eNROLL sends small letters, so that these pay next to nothing for it.
create index concurrently applicants_guid_in_capitals on applicants (lower(applicant_id))
  where applicant_id <> lower(applicant_id)
    and applicant_id ~ '^[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$';
-- next
-- Those that are here twice from before are not merged: nobody can know which content is theirs. They are flagged.
update applicants a set flags = a.flags || array['guidTwice']
where length(a.applicant_id) = 36 and not a.flags @> array['guidTwice']
  and lower(a.applicant_id) in (
    select lower(t.applicant_id) from applicants t
    where t.applicant_id <> lower(t.applicant_id)
      and t.applicant_id ~ '^[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$'
      and exists (select from applicants o
        where lower(o.applicant_id) = lower(t.applicant_id) and o.applicant_id <> t.applicant_id)
  );
