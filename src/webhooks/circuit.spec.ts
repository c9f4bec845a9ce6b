import { afterFailure, type Circuit, CLOSED, stateOf } from './circuit.js';

const failing = (failures: number): Circuit => ({ failures, restSeconds: null });

test('it stays closed for nine failures in a row and opens with the tenth', () => {
  let circuit = CLOSED;
  for (let n = 1; n < 10; n += 1) {
    circuit = afterFailure(circuit);
    expect(circuit).toEqual(failing(n));
  }
  circuit = afterFailure(circuit);
  expect(circuit).toEqual({ failures: 10, restSeconds: 30 });
  expect(stateOf(circuit)).toBe('open');
});

test('failures of what was under way when it opened do not prolong the rest', () => {
  const open = { failures: 10, restSeconds: 30 };
  expect(afterFailure(open)).toEqual(open);
});

test.each([
  [10, 60],
  [11, 120],
  [12, 240],
  [13, 480],
  [14, 900],
  [40, 900],
])('a probe that fails after %i failures opens it for %i s', (failures, restSeconds) => {
  const halfOpen = { failures, restSeconds: -1 };
  expect(stateOf(halfOpen)).toBe('half_open');
  expect(afterFailure(halfOpen)).toEqual({ failures: failures + 1, restSeconds });
});

test('a receiver may ask for a rest of its own, up to an hour', () => {
  expect(afterFailure(CLOSED, 120)).toEqual({ failures: 1, restSeconds: 120 });
  expect(afterFailure(CLOSED, 86_400)).toEqual({ failures: 1, restSeconds: 3600 });
  expect(afterFailure({ failures: 1, restSeconds: 0 })).toEqual({ failures: 2, restSeconds: 30 });
});
