import type { ChainedEntry, WrittenEntry } from './audit-trail.types.js';
import { ChainWalk, linkHash, NO_LINK } from './chain.js';

function entry(id: string, changed: Partial<WrittenEntry> = {}): WrittenEntry {
  return {
    id,
    at: '2026-11-29T08:00:00.000001Z',
    actor: 'crm',
    action: 'applicant.read',
    subject: 'applicant:A-1',
    reason: null,
    address: '127.0.0.1',
    requestId: 'req-12345678',
    detail: { via: 'read', version: 1 },
    ...changed,
  };
}

function chained(entries: WrittenEntry[]): ChainedEntry[] {
  let hash = NO_LINK;
  return entries.map((one, i) => {
    hash = linkHash(hash, i + 1, one);
    return { ...one, n: i + 1, hash };
  });
}

function walked(lines: ChainedEntry[]) {
  const walk = new ChainWalk(0, NO_LINK);
  for (const line of lines) {
    const tampering = walk.take(line);
    if (tampering !== undefined) return tampering;
  }
  return walk.n;
}

describe('the chain of the audit', () => {
  const lines = chained(['a', 'b', 'c', 'd'].map((id) => entry(id)));

  it('is followed to its end', () => {
    expect(walked(lines)).toBe(4);
  });

  it.each<Partial<WrittenEntry>>([
    { id: 'x' },
    { at: '2026-11-29T08:00:00.000002Z' },
    { actor: 'somebody else' },
    { action: 'applicant.list' },
    { subject: 'applicant:A-2' },
    { reason: 'a reason' },
    { address: '127.0.0.2' },
    { requestId: null },
    { detail: { via: 'read', version: 2 } },
  ])('shows the entry that was changed: %j', (changed) => {
    expect(walked(lines.map((line, i) => (i === 2 ? { ...line, ...changed } : line)))).toMatchObject({
      n: 3,
      what: 'changed',
    });
  });

  it('shows what was removed, put between, moved and linked again', () => {
    const [a, b, c, d] = lines as [ChainedEntry, ChainedEntry, ChainedEntry, ChainedEntry];
    expect(walked([a, b, d])).toEqual({ n: 3, entry: null, what: 'removed' });
    expect(walked([a, b, { ...entry('z'), n: 2, hash: b.hash }, c, d])).toEqual({
      n: 2,
      entry: 'z',
      what: 'inserted',
    });
    expect(walked([a, { ...c, n: 2 }, { ...b, n: 3 }, d])).toMatchObject({ n: 2, what: 'changed' });
    // a new hash for the changed entry does not fit the one behind it
    const forged = { ...b, actor: 'somebody else' };
    expect(walked([a, { ...forged, hash: linkHash(a.hash, 2, forged) }, c, d])).toMatchObject({
      n: 3,
      what: 'changed',
    });
  });

  it('does not depend on the order in which keys are spelled', () => {
    const one = entry('a', { detail: { a: { c: [{ y: 1, x: 2 }], b: 1 }, z: null } });
    const other = entry('a', { detail: { z: null, a: { b: 1, c: [{ x: 2, y: 1 }] } } });
    expect(linkHash(NO_LINK, 1, one)).toBe(linkHash(NO_LINK, 1, other));
  });
});
