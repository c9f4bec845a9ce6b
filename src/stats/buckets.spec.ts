import { bucketing } from './buckets.js';

const at = (second: number) => new Date(second * 1000);

it('puts each cell into the bucket that had begun last', () => {
  const inBuckets = bucketing([at(10), at(20), at(30)]);
  expect(inBuckets({ 29: 1, 10: 2, 20: 3, 35: 4, 19: 5 })).toEqual([7, 4, 4]);
  expect(inBuckets({})).toEqual([0, 0, 0]);
});
