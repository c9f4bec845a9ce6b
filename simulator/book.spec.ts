import { Book } from './book.js';
import { fromCairo, toCairo } from './cairo-time.js';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 9, 1);

describe('the book of the simulator', () => {
  const book = new Book(7);
  book.remember(100_000, START, START + 30 * DAY_MS);

  it('leads every id back to its enrollment and no invented id', () => {
    for (let index = 0; index < 100_000; index += 997) {
      const { enrollment, requestId, correlationId } = book.entry(index);
      expect(book.indexOfApplicant(enrollment.applicantId)).toBe(index);
      expect(book.indexOfRequest(requestId)).toBe(index);
      expect(book.indexesOfCorrelation(correlationId)).toContain(index);
    }
    expect(book.indexOfApplicant(new Book(8).applicantId(3))).toBeUndefined();
    const id = book.applicantId(3);
    expect(book.indexOfApplicant(`${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`)).toBeUndefined();
    expect(book.indexOfApplicant('nobody')).toBeUndefined();
    expect(book.indexOfRequest('1700398203730')).toBeUndefined();
    expect(book.indexesOfCorrelation('CIF-9999999999')).toEqual([]);
  });

  it('gives each enrollment its own ids', () => {
    expect(new Set(Array.from({ length: 100_000 }, (_, index) => book.applicantId(index))).size).toBe(
      100_000,
    );
  });

  it('does not know who has not enrolled yet', () => {
    expect(book.indexOfApplicant(book.applicantId(100_000))).toBeUndefined();
    const path = book.enrollment(100_000).livePhotoPath ?? '';
    expect(book.image(path)).toBeUndefined();
  });

  it('cuts a range of time at its first moment and before its last', () => {
    const { enrolledAtMs } = book.entry(500);
    expect(book.range(enrolledAtMs, enrolledAtMs + 1)).toEqual({ first: 500, end: 501 });
    expect(book.range(enrolledAtMs - 1, enrolledAtMs)).toEqual({ first: 500, end: 500 });
    expect(book.range(0, START + 40 * DAY_MS)).toEqual({ first: 0, end: 100_000 });
    expect(book.range(START + 40 * DAY_MS, START)).toEqual({ first: 100_000, end: 100_000 });
  });

  it('keeps the picture of an earlier state and refuses one of a state to come', () => {
    const few = new Book(7);
    few.remember(200, START, START);
    const index = Array.from({ length: 200 }, (_, at) => at).find(
      (at) => few.enrollment(at, 1).livePhotoPath !== few.enrollment(at, 0).livePhotoPath,
    ) as number;
    const [before, after] = [
      few.enrollment(index, 0).livePhotoPath,
      few.enrollment(index, 1).livePhotoPath,
    ] as string[];
    expect(few.image(after as string)).toBeUndefined();
    few.revise(index);
    expect(few.image(before as string)).toMatchObject({ index, field: 'livePhotoPath', revision: 0 });
    expect(few.image(after as string)).toMatchObject({ index, revision: 1 });
    expect(few.image('../../etc/passwd')).toBeUndefined();
  });

  it("finds a finished session under the organization's own ids", () => {
    const fresh = new Book(7);
    fresh.enroll(START);
    fresh.openSession({ correlationId: 'customer-1', requestId: 'r-1' });
    fresh.openSession({ correlationId: 'customer-2' });
    expect(fresh.takeSession('customer-3')).toBeUndefined();
    const index = fresh.enroll(START, fresh.takeSession('customer-1'));
    expect(fresh.indexesOfCorrelation('customer-1')).toEqual([index]);
    expect(fresh.indexOfRequest('r-1')).toBe(index);
    expect(fresh.entry(index)).toMatchObject({ correlationId: 'customer-1', requestId: 'r-1' });
    expect(fresh.sessionsOpen).toBe(1);
  });
});

describe("Cairo's clock", () => {
  it('is two hours ahead in winter and three in summer', () => {
    expect(toCairo(Date.UTC(2026, 0, 15, 10))).toBe('2026-01-15T12:00:00');
    expect(fromCairo('2026-01-15T12:00:00')).toEqual([Date.UTC(2026, 0, 15, 10)]);
    expect(fromCairo('2026-07-15T13:00:00')).toEqual([Date.UTC(2026, 6, 15, 10)]);
  });

  it('shows one hour twice in autumn and none in spring', () => {
    expect(fromCairo('2026-10-29T23:30:00')).toEqual([
      Date.UTC(2026, 9, 29, 20, 30),
      Date.UTC(2026, 9, 29, 21, 30),
    ]);
    expect(fromCairo('2026-04-24T00:30:00')).toEqual([Date.UTC(2026, 3, 23, 22, 30)]);
  });

  it('refuses other spellings', () => {
    expect(['2026-01-15', '2026-01-15T12:00:00Z', '2026-13-15T12:00:00', ''].map(fromCairo)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
