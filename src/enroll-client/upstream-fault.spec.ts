import { type Problem } from '../problem/problem.js';
import { type FaultKind, toProblem, UpstreamFault } from './upstream-fault.js';

/** kind, status, worth another try, an outage, code, HTTP status */
const TABLE: [FaultKind, number | undefined, boolean, boolean, string, number][] = [
  ['network', undefined, true, true, 'ENROLL_UNAVAILABLE', 502],
  ['tls', undefined, false, true, 'ENROLL_UNAVAILABLE', 502],
  ['timeout', undefined, false, true, 'ENROLL_TIMEOUT', 504],
  ['paused', undefined, false, false, 'ENROLL_BUSY', 503],
  ['queue', undefined, false, false, 'ENROLL_BUSY', 503],
  ['cancelled', undefined, false, false, 'ENROLL_BUSY', 503],
  ['status', 302, false, false, 'ENROLL_REFUSED', 502],
  ['status', 400, false, false, 'ENROLL_REFUSED', 502],
  ['status', 401, false, false, 'ENROLL_AUTH', 502],
  ['status', 403, false, false, 'ENROLL_FORBIDDEN', 502],
  ['status', 404, false, false, 'ENROLL_NOT_FOUND', 404],
  ['status', 407, false, false, 'ENROLL_UNAVAILABLE', 502],
  ['status', 422, false, false, 'ENROLL_REFUSED', 502],
  ['status', 429, true, false, 'ENROLL_BUSY', 503],
  ['status', 500, true, true, 'ENROLL_UNAVAILABLE', 502],
  ['status', 599, true, true, 'ENROLL_UNAVAILABLE', 502],
];

describe('M9: a failed exchange', () => {
  it.each(TABLE)(
    '%s %p: another try %p, counts for the breaker %p, leaves as %s %i',
    (...[kind, status, passing, outage, code, publicStatus]) => {
      const fault = new UpstreamFault(kind, status === undefined ? {} : { status });
      expect([fault.passing, fault.outage]).toEqual([passing, outage]);
      const problem = toProblem(fault, 'calls.image') as Problem;
      expect([problem.code, problem.status]).toEqual([code, publicStatus]);
      expect(problem.detail).toContain('calls.image');
      expect(problem.options.extra).toEqual(status === undefined ? {} : { upstreamStatus: status });
    },
  );

  it('hands on how long to wait, in whole seconds and never none', () => {
    const waitFor = (retryAfterMs: number) =>
      (toProblem(new UpstreamFault('status', { status: 429, retryAfterMs }), 'token') as Problem).options
        .retryAfterSeconds;
    expect([waitFor(0), waitFor(1), waitFor(1001)]).toEqual([1, 1, 2]);
  });

  it('leaves any other error as it is', () => {
    const bug = new TypeError('ours');
    expect(toProblem(bug, 'token')).toBe(bug);
  });
});
