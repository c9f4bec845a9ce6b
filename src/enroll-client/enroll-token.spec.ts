import { EnrollTokens, type IssuedToken } from './enroll-token.js';
import { UpstreamFault } from './upstream-fault.js';

/** Tokens that live `lifeMs`, by a clock that stands still until it is set. */
function aCache(lifeMs: number | undefined) {
  const clock = { now: Date.parse('2026-11-23T08:00:00Z') };
  const state = { minted: 0, failure: undefined as Error | undefined };
  const mint = async (): Promise<IssuedToken> => {
    await Promise.resolve();
    state.minted += 1;
    if (state.failure !== undefined) throw state.failure;
    const expiresAt = lifeMs === undefined ? undefined : new Date(clock.now + lifeMs);
    return { token: `token-${state.minted}`, expiresAt };
  };
  return { clock, state, tokens: new EnrollTokens(mint, () => clock.now) };
}

describe('M9: the token of the query API', () => {
  it('is asked for once by 50 callers at once', async () => {
    const { state, tokens } = aCache(3_600_000);
    const all = await Promise.all(Array.from({ length: 50 }, () => tokens.current()));
    expect(new Set(all.map(({ token }) => token))).toEqual(new Set(['token-1']));
    expect(state.minted).toBe(1);
  });

  it.each([
    ['an hour: until 60 s before its end', 3_600_000, 3_540_000],
    ['80 s: for half of it', 80_000, 40_000],
    ['no told time: for four minutes', undefined, 240_000],
    ['a time that is over: for four minutes', -5_000, 240_000],
  ])('with a life of %s it is used', async (_name, lifeMs, freshMs) => {
    const { clock, state, tokens } = aCache(lifeMs);
    await tokens.current();
    clock.now += freshMs - 1;
    await tokens.current();
    expect(state.minted).toBe(1);
    clock.now += 1;
    await tokens.current();
    expect(state.minted).toBe(2);
  });

  it('that was refused is replaced once, however many callers it was refused to', async () => {
    const { state, tokens } = aCache(3_600_000);
    const { token } = await tokens.current();
    const all = await Promise.all(Array.from({ length: 50 }, () => tokens.renewed(token)));
    expect(new Set(all.map((issued) => issued.token))).toEqual(new Set(['token-2']));
    expect((await tokens.renewed(token)).token).toBe('token-2');
    expect(state.minted).toBe(2);
  });

  it('that cannot be had fails all waiting callers, and the next one asks again', async () => {
    const { state, tokens } = aCache(3_600_000);
    state.failure = new UpstreamFault('network', { code: 'ECONNRESET' });
    const all = await Promise.allSettled(Array.from({ length: 50 }, () => tokens.current()));
    expect(all.every(({ status }) => status === 'rejected')).toBe(true);
    expect(state.minted).toBe(1);
    state.failure = undefined;
    expect((await tokens.current()).token).toBe('token-2');
  });

  it.each([401, 403])(
    'whose credentials are refused with %i is not asked for again for 10 s',
    async (status) => {
      const { clock, state, tokens } = aCache(3_600_000);
      state.failure = new UpstreamFault('status', { status });
      await expect(tokens.current()).rejects.toMatchObject({ status: 401 });
      clock.now += 9_999;
      await expect(tokens.current()).rejects.toMatchObject({ status: 401 });
      expect(state.minted).toBe(1);
      clock.now += 1;
      state.failure = undefined;
      expect((await tokens.current()).token).toBe('token-2');
    },
  );
});
