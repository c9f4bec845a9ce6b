/** A column of sealed bytes. Each is opened only in its own row: its place is `<aad>|<owner>`. */
export interface SealedColumn {
  table: string;
  column: string;
  /** The primary key: names and types. */
  key: Readonly<Record<string, string>>;
  aad: string;
  /** The column that the place names; the last of the key where nothing else is said. */
  owner?: string;
}

const ID = { id: 'uuid' };

/** Columns that hold sealed bytes and nothing else that is made with a key. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'receipts', column: 'body', key: { received_at: 'timestamptz', id: 'uuid' }, aad: 'receipt' },
  { table: 'quarantine', column: 'element', key: ID, aad: 'quarantine' },
  { table: 'endpoint_secrets', column: 'sealed', key: ID, aad: 'endpoint_secrets' },
  { table: 'endpoints', column: 'credentials', key: ID, aad: 'endpoints.credentials' },
  { table: 'users', column: 'totp_secret', key: ID, aad: 'users.totp_secret' },
  {
    table: 'invitations',
    column: 'totp_secret',
    key: { hash: 'text' },
    aad: 'users.totp_secret',
    owner: 'user_id',
  },
  { table: 'holds', column: 'id_number', key: ID, aad: 'holds' },
  { table: 'erasures', column: 'id_number', key: ID, aad: 'erasures' },
  { table: 'retired_keys', column: 'sealed', key: { key_id: 'text' }, aad: 'retired_keys' },
];

/** Every other column that is made with a key, and what becomes of it when the key goes. */
export const KEYED_COLUMNS: Readonly<Record<string, string>> = {
  'applicants.sealed': 'sealed anew',
  'applicants.known_hashes': 'made anew from the versions and the received bytes',
  'applicants.content_hash': 'made anew from the content',
  'applicants.id_number_index': 'made anew from the content',
  'applicants.document_number_index': 'made anew from the content',
  'applicants.contact_index': 'made anew from the content',
  'changes.sealed': 'sealed anew',
  'changes.content_hash': 'made anew from the content',
  'reconciliation_unreadable.digest': 'made anew from the element in quarantine',
  'image_blobs.sha256': 'the file of that name in the image store is sealed anew',
  'exports.attempt': 'the parts of that name in the image store are sealed anew',
  'export_leftovers.attempt': 'the parts of that name are removed within minutes',
  'api_keys.hash': 'made anew from the digest when a server starts',
  'api_keys.seal': 'made anew when a server starts',
  'users.seal': 'made anew when a server starts',
  'user_sessions.hash': 'ends with the session, within 12 hours',
  'user_sessions.seal': 'ends with the session',
  'invitations.hash': 'ends with the invitation',
  'invitations.seal': 'ends with the invitation',
  'recovery_codes.hash': 'ends when the codes are made anew',
  'logout_tokens.hash': 'ends within minutes, with the token',
  'receipt_redactions.kept_hash':
    'stays, as in the certificate: it is checked with the key of its day, or by the certificate',
  'erasures.ledger_place': 'the entry of that number beside the images is sealed anew',
  'hold_ledger.place': 'the entry of that number beside the images is sealed anew',
  'key_checks.sealed': 'goes with its key',
  'audit.detail':
    'stays: a hash of what was searched for is of the key of its day, and the chain stays whole',
  'audit_heads.jws': 'stays: the public half of the key is kept in retired_keys',
};

/** Columns that look as if they were made with a key, and are not. */
export const UNKEYED_COLUMNS: Readonly<Record<string, string>> = {
  'api_keys.digest': 'SHA-256 of 256 random bits',
  'api_keys_to_seal.digest': 'SHA-256 of 256 random bits',
  'client_secrets.digest': 'argon2id or SHA-256 of 256 random bits',
  'users.password': 'argon2id',
  'users_to_seal.password': 'argon2id',
  'invitations.password': 'argon2id',
  'audit_links.hash': 'SHA-256 of the entry and of the link before',
  'images.sha256': 'SHA-256 of the image',
  'replaced_images.sha256': 'SHA-256 of the image',
};
