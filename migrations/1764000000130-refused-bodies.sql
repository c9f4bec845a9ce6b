-- A body that is refused for its size, its encoding or its type leaves a receipt too, with its first 64 KiB as they came.
-- Both are null where the body was read: then `body` is all of it, after decompression.
alter table receipts
  -- bytes on the wire, as declared or as they came; `body` holds the first `body_bytes` of them
  add column sent_bytes bigint,
  -- Content-Encoding of these bytes, as it was sent
  add column content_encoding text;
