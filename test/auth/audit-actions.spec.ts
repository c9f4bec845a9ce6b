import { readFileSync } from 'node:fs';
import { AUDIT_ACTIONS } from '../../src/audit/audit.actions.js';
import { UNRECORDED_OPERATIONS } from '../../src/audit/unrecorded-operations.js';

interface Operation {
  operationId: string;
  'x-required-scope'?: string[];
}

/** openapi.json is what the code gives: `npm run gen -- --check` says so. */
const { paths } = JSON.parse(readFileSync('openapi.json', 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};
const operations = Object.values(paths)
  .flatMap((methods) => Object.entries(methods).map(([method, operation]) => ({ method, ...operation })))
  .filter((operation) => operation['x-required-scope'] !== undefined);
const recording = new Set<string>(
  Object.values(AUDIT_ACTIONS).flatMap((action) => ('operations' in action ? action.operations : [])),
);
const unrecorded = new Set(Object.keys(UNRECORDED_OPERATIONS));

test('every operation of the management API records something, or says why it need not', () => {
  expect(operations.length).toBeGreaterThan(70);
  const decided = operations.map(({ operationId: id }) => [id, recording.has(id), unrecorded.has(id)]);
  expect(decided.filter(([, records, needsNot]) => records === needsNot)).toEqual([]);
});

test('the tables name no operation that does not exist', () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect([...recording, ...unrecorded].filter((id) => !ids.includes(id))).toEqual([]);
});

test('what changes something is recorded; the one that is not moves its own reader with every page', () => {
  const changing = operations.filter(({ method }) => method !== 'get');
  expect(changing.filter(({ operationId }) => unrecorded.has(operationId))).toMatchObject([
    { operationId: 'ackConsumer' },
  ]);
});

test('whatever needs pii:read is recorded', () => {
  const personal = operations.filter((operation) => operation['x-required-scope']?.includes('pii:read'));
  expect(personal.length).toBeGreaterThan(3);
  expect(personal.filter(({ operationId }) => !recording.has(operationId))).toEqual([]);
});
