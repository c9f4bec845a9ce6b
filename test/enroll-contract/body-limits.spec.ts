import { parseBody } from '../../src/enroll-contract/body.js';
import { isDefect, readElement } from '../../src/enroll-contract/element.js';
import { anApplicant } from '../factories/applicant.js';

/** What reads bodies must stay fast and alive at the limits; beside `src/` because it would hold up mutation tests. */

function outcome(body: Buffer | string): string | number {
  const parsed = parseBody(Buffer.from(body));
  return parsed.ok ? parsed.elements.length : parsed.code;
}

test('M5: reading 10,000 applicants costs less than four times what JSON.parse alone does', () => {
  const list = Array.from({ length: 10_000 }, (_, seed) =>
    anApplicant({ seed, address: 'شارع التحرير '.repeat(12) }),
  );
  const body = Buffer.from(JSON.stringify(list));
  expect(body.length).toBeGreaterThan(8_500_000);
  const ours = bestOf(5, () => expect(parseBody(body).ok).toBe(true));
  const native = bestOf(5, () => expect(JSON.parse(body.toString('utf8'))).toHaveLength(10_000));
  expect(ours).toBeLessThan(4 * native);
});

/** Milliseconds of the fastest run: the machine may be busy with something else. */
function bestOf(runs: number, work: () => void): number {
  const milliseconds = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...milliseconds);
}

test('M5: a million levels are refused without overflowing the stack, closed or not', () => {
  expect(outcome('['.repeat(1_000_000) + ']'.repeat(1_000_000))).toBe('TOO_DEEP');
  expect(outcome('['.repeat(16_000_000))).toBe('TOO_DEEP');
  expect(outcome('[{"a":'.repeat(1_000_000))).toBe('TOO_DEEP');
});

test('100,000 elements are taken, one more is too large a body', () => {
  const list = (length: number): string => `[${new Array(length).fill('1').join()}]`;
  expect(outcome(list(100_000))).toBe(100_000);
  expect(outcome(list(100_001))).toBe('BODY_TOO_LARGE');
  expect(outcome(`{"applicants":${list(100_001)},"applicantId":1}`)).toBe('BODY_TOO_LARGE');
});

test('50,000 long numbers in one list are read in linear time', () => {
  const phones = Array.from({ length: 50_000 }, (_, i) => String(2_010_000_000_000_000 + i));
  const parsed = parseBody(Buffer.from(`[{"applicantId":"a","phoneNumbers":[${phones.join()}]}]`));
  if (!parsed.ok) throw new Error(parsed.code);
  const element = readElement(parsed.elements[0]!);
  if (isDefect(element)) throw new Error(element.code);
  expect(element.fields.phoneNumbers?.join()).toBe(phones.join());
});

test('16 MiB of one text, one number or one key are read', () => {
  const digits = '7'.repeat(16_000_000);
  expect(outcome(`[{"applicantId":"${'x'.repeat(16_000_000)}"}]`)).toBe(1);
  expect(outcome(`[{"applicantId":${digits}}]`)).toBe(1);
  expect(outcome(`[{"${digits}":1}]`)).toBe(1);
});
