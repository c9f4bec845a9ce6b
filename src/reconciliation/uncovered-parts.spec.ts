import { uncoveredParts } from './uncovered-parts.js';

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
const part = ([from, to]: [number, number]) => ({ from: at(from), to: at(to) });

test.each<[string, [number, number][], [number, number][]]>([
  ['nothing was asked', [], [[6, 18]]],
  ['all of it was', [[0, 24]], []],
  ['exactly it was', [[6, 18]], []],
  [
    'ranges that touch cover it',
    [
      [6, 12],
      [12, 18],
    ],
    [],
  ],
  ['the beginning is missing', [[8, 20]], [[6, 8]]],
  ['the end is missing', [[0, 10]], [[10, 18]]],
  [
    'the middle is missing',
    [
      [0, 8],
      [10, 24],
    ],
    [[8, 10]],
  ],
  [
    'one within another hides nothing',
    [
      [0, 16],
      [7, 8],
    ],
    [[16, 18]],
  ],
  ['one behind it does not count', [[18, 20]], [[6, 18]]],
])('%s', (_title, ranges, uncovered) => {
  expect(uncoveredParts(part([6, 18]), ranges.map(part))).toEqual(uncovered.map(part));
});
