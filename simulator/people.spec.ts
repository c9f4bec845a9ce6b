import { enrollmentOf, isSuccess } from './enrollment.js';
import { nationalId, personNumberOf, personOf } from './people.js';

const SEED = 7;
const MANY = 3_000;
const many = Array.from({ length: MANY }, (_, index) => personOf(SEED, index));
const stateOf = (index: number, revision = 0) =>
  enrollmentOf({ seed: SEED, index, applicantId: `a-${index}`, revision });

describe('the people of the simulator', () => {
  it('are a pure function of seed and number, whatever was asked before', () => {
    expect(personOf(SEED, 1234)).toEqual(many[1234]);
    expect(personOf(SEED + 1, 1234)).not.toEqual(many[1234]);
    expect(stateOf(99, 3)).toEqual(stateOf(99, 3));
  });

  it("spell the guide's national id with the right check digit", () => {
    expect(nationalId({ birthDate: '1997-03-01', governorateCode: '23', serial: 5778 })).toBe(
      '29703012357788',
    );
  });

  it('carry national ids of real dates whose thirteenth digit tells their gender', () => {
    for (const { idNumber, nationality, male } of many.filter((person) => person.nationality === 'EGY')) {
      expect(nationality).toBe('EGY');
      expect(idNumber).toMatch(/^[23]\d{13}$/);
      const born = `${idNumber.startsWith('2') ? '19' : '20'}${idNumber.slice(1, 3)}-${idNumber.slice(3, 5)}-${idNumber.slice(5, 7)}`;
      expect(new Date(born).toISOString().slice(0, 10)).toBe(born);
      expect(Number(idNumber[12]) % 2 === 1).toBe(male);
    }
  });

  it('are called Mohamed or Ahmed in numbers that a search must stand', () => {
    const share = (name: string) => many.filter(({ firstName }) => firstName.startsWith(name)).length / MANY;
    expect(share('محمد')).toBeGreaterThan(0.06);
    expect(share('أحمد')).toBeGreaterThan(0.03);
    expect(
      new Set(many.map(({ firstName, familyName }) => `${firstName} ${familyName}`)).size,
    ).toBeGreaterThan(MANY * 0.9);
  });

  it('enroll a second time now and then, as the same person with other documents', () => {
    const again = many.flatMap((_, index) => (personNumberOf(SEED, index) === index ? [] : [index]));
    expect(again.length).toBeGreaterThan(MANY * 0.02);
    for (const index of again.slice(0, 20)) {
      expect(many[index]).toEqual(many[index - 1]);
      expect(stateOf(index).documentNumber).toBeDefined();
      expect(stateOf(index).livePhotoPath).not.toBe(stateOf(index - 1).livePhotoPath);
    }
  });

  it('hold foreign passports in some cases, then without an address or a national id', () => {
    const at = many.findIndex(({ nationality }) => nationality !== 'EGY');
    expect(stateOf(at)).toMatchObject({ address: null, idFrontScanPath: null, documentTypeCode: 'PASSPORT' });
    expect(stateOf(at).passportScanPath).not.toBeNull();
    expect(stateOf(at).idNumber).not.toMatch(/^\d{14}$/);
  });
});

describe('the states of an enrollment', () => {
  it('differ with each update, but for the few that change back (A11)', () => {
    let changedBack = 0;
    for (let index = 0; index < 300; index += 1) {
      expect(stateOf(index, 1)).not.toEqual(stateOf(index, 0));
      expect(stateOf(index, 2)).not.toEqual(stateOf(index, 1));
      if (JSON.stringify(stateOf(index, 2)) === JSON.stringify(stateOf(index, 0))) changedBack += 1;
    }
    expect(changedBack).toBeGreaterThan(3);
    expect(changedBack).toBeLessThan(40);
  });

  it('never change back to an empty field, which an update could not say (A12)', () => {
    const filled = many.flatMap((_, index) =>
      stateOf(index).emails.length === 0 && stateOf(index, 1).emails.length > 0 ? [index] : [],
    );
    expect(filled.length).toBeGreaterThan(40);
    for (const index of filled) expect(stateOf(index, 2).emails).not.toEqual([]);
  });

  it('are accepted by nine in ten, and accepted means status 1 or 4', () => {
    const accepted = many.filter((_, index) => isSuccess(stateOf(index))).length;
    expect(accepted / MANY).toBeGreaterThan(0.87);
    expect(accepted / MANY).toBeLessThan(0.95);
    expect([1, 2, 3, 4, 5].map((status) => isSuccess({ status }))).toEqual([true, false, false, true, false]);
  });

  it('spell issue dates in at least five ways', () => {
    const shapes = new Set(
      many.map((_, index) => stateOf(index).issueDate?.replace(/[0-9]/g, '9').replace(/[٠-٩]/g, '٩')),
    );
    expect(shapes.size).toBeGreaterThanOrEqual(6);
  });
});
