import { CryptoError } from '../crypto/crypto.errors.js';
import { StoreFault, type StoreFaultReason } from '../images/image-store.js';
import { exportVerdict, MAX_ATTEMPTS } from './export-verdict.js';

const sqlError = (code: string) => Object.assign(new Error('from Postgres'), { code });

describe('what a failure means for an export', () => {
  it.each<[StoreFaultReason, string, string]>([
    ['unreachable', 'waiting', 'IMAGE_STORE_UNREACHABLE'],
    ['absent', 'waiting', 'IMAGE_STORE_LOST_IT'],
    ['full', 'failed', 'IMAGE_STORE_FULL'],
    ['read_only', 'failed', 'IMAGE_STORE_READ_ONLY'],
    ['refused', 'failed', 'IMAGE_STORE_REFUSED'],
  ])('a store that is %s: %s', (reason, state, errorCode) => {
    expect(exportVerdict(new StoreFault(reason), 1)).toMatchObject({ state, errorCode });
  });

  it.each<[string, Error, string, string]>([
    ['the server is stopped', sqlError('57P01'), 'waiting', 'DATABASE_UNAVAILABLE'],
    [
      'the connection is cut',
      new Error('Connection terminated unexpectedly'),
      'waiting',
      'DATABASE_UNAVAILABLE',
    ],
    ['a sealed state does not open', new CryptoError('UNSEAL_FAILED', ''), 'failed', 'UNSEAL_FAILED'],
    ['a bug', new TypeError('undefined is not a function'), 'waiting', 'INTERNAL'],
  ])('%s: %s', (_what, error, state, errorCode) => {
    expect(exportVerdict(error, 1)).toMatchObject({ state, errorCode });
  });

  it('the wait is doubled from try to try, and the last one fails', () => {
    const verdicts = Array.from({ length: MAX_ATTEMPTS }, (_, at) => exportVerdict(new Error('x'), at + 1));
    const delays = verdicts.map((verdict) => ('delaySeconds' in verdict ? verdict.delaySeconds : 'failed'));
    expect(delays).toEqual([5, 10, 20, 40, 80, 'failed']);
  });
});
