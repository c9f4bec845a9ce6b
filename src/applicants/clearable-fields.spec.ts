import { CLEARABLE_FIELDS } from '../config/contract-fields.js';
import { FIELD_NAMES } from '../enroll-contract/types.js';

test('every content field of the contract may be named in ROLLCALL_NULLS_CLEAR, and no other', () => {
  expect([...CLEARABLE_FIELDS].sort()).toEqual([...FIELD_NAMES].sort());
});
