/** A row that cannot go over to another key. */
export interface Unopened {
  rowKey: string;
  /** The key that its bytes name; null where the bytes are fine and the row says something else. */
  keyId: string | null;
  /** `UNSEAL_FAILED`, `KEY_UNKNOWN`, or `TAMPERED` where a column does not fit what was sealed. */
  code: string;
}
