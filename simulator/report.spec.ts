import type { Post } from './posts.js';
import { Tally } from './report.js';

const post: Post = {
  id: 1,
  side: 'success',
  scenario: 'create',
  elements: [],
  after: [],
  expects: 200,
  contentType: 'application/json',
  body: () => Buffer.alloc(0),
};

describe('the report of a run', () => {
  it('gives latencies by nearest rank, whatever their order', () => {
    const tally = new Tally();
    for (let ms = 100; ms >= 1; ms -= 1) tally.attempt(ms);
    expect(tally.report(0).latencyMs).toEqual({ p50: 50, p99: 99, max: 100 });
    expect(new Tally().report(0).latencyMs).toEqual({ p50: 0, p99: 0, max: 0 });
  });

  it('sums up what the organization reports, and stands an organization that reports nothing', () => {
    const tally = new Tally();
    for (const body of ['{"applied":2,"duplicates":1,"quarantined":3}', '{"applied":1}', 'OK', 'null']) {
      tally.settle(post, { status: 200, headers: {}, body });
    }
    expect(tally.report(1)).toMatchObject({
      callbacks: 4,
      byStatus: { 200: 4 },
      answered: { applied: 3, duplicates: 1, quarantined: 3 },
      surprises: 0,
    });
  });

  it('shows the first twenty surprises and counts them all', () => {
    const tally = new Tally();
    for (let at = 0; at < 30; at += 1) tally.settle(post, { status: 500, headers: {}, body: '' });
    const { surprises, firstSurprises } = tally.report(1);
    expect(surprises).toBe(30);
    expect(firstSurprises).toHaveLength(20);
    expect(firstSurprises[0]).toEqual({ scenario: 'create', expected: 200, status: 500 });
  });
});
