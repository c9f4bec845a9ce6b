import { isKnownStatus, parseStatus, STATUS } from './status.js';

test('A15: the three statuses of the guide have names', () => {
  expect(STATUS).toEqual({ Accepted: 1, ManuallyAccepted: 4, ManuallyRejected: 5 });
  expect([0, 1, 2, 3, 4, 5, 6].filter(isKnownStatus)).toEqual([1, 4, 5]);
});

test.each([
  [1, 1],
  [7, 7],
  [-2_147_483_647, -2_147_483_647],
  [-0, 0],
  ['1', 1],
  ['-0', 0],
  ['007', 7],
  ['5.00', 5],
  [' ٥ ', 5],
  ['Accepted', 1],
  ['ACCEPTED', 1],
  ['Manually Rejected', 5],
  ['manually-rejected', 5],
  [' manually__accepted', 4],
  ['2147483647', 2_147_483_647],
])('A15: %j is the status %i', (value, status) => {
  expect(parseStatus(value)).toBe(status);
});

test.each([
  ['2147483648'],
  [-2_147_483_648],
  [0.5],
  ['0.5'],
  ['5.'],
  ['1e0'],
  ['1 2'],
  [''],
  ['Rejected'],
  ['xAccepted'],
  ['Accepted!'],
  [`${' '.repeat(40)}1`],
  [null],
  [undefined],
  [true],
  [['1']],
  [{}],
  [NaN],
])('A15: %j is no status', (value) => {
  expect(parseStatus(value)).toBeUndefined();
});

test('a text of 40 characters is still looked at', () => {
  expect(parseStatus(`${' '.repeat(39)}1`)).toBe(1);
});
