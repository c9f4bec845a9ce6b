import { KeyedHash } from '../crypto/keyed-hash.js';
import { KeyRing } from '../crypto/key-ring.js';
import { canonicalJson, hashOfCanonical } from '../enroll-contract/canonical.js';
import type { CallbackKind, Content, Element, FieldName, Outcome } from '../enroll-contract/types.js';
import { type Arrival, type Current, decide, type Decision, type Version } from './decide.js';
import { keyerOf, KnownHashes, MAX_KNOWN_VERSIONS } from './known-hashes.js';

const T0 = new Date('2026-11-23T08:00:00Z');
const LATER = new Date('2026-11-23T09:00:00Z');
const KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
const keyer = keyerOf(new KeyedHash(KeyRing.parse(KEYS)), 'a-1');
const BASE = { firstName: 'منى', familyName: 'أحمد حسن', phoneNumbers: ['+201068282888'], status: 1 };

function anElement(over: Partial<Element> = {}): Element {
  return {
    index: 0,
    applicantId: 'a-1',
    isUpdate: false,
    fields: { ...BASE },
    extras: {},
    nulls: [],
    flags: [],
    ...over,
  };
}

function anArrival(over: Partial<Arrival> = {}): Arrival {
  return {
    kind: 'success',
    receivedAt: LATER,
    asOf: null,
    samePerson: false,
    nullsClear: new Set(),
    keyer,
    ...over,
  };
}

/** Plays deliveries one after another, as the table would hold them. */
class Story {
  current: Current | null = null;
  content: Content = { fields: {}, extras: {} };
  opened = 0;

  tell(element: Element, arrival: Partial<Arrival> = {}): Decision {
    const decision = decide(this.current, element, anArrival(arrival));
    if ('canonical' in decision) this.keep(decision, arrival.receivedAt ?? LATER);
    return decision;
  }

  private keep(version: Version, receivedAt: Date): void {
    this.content = version.content;
    const before = this.current?.lastReceivedAt;
    this.current?.known.add(version.hashes);
    this.current = {
      version: version.version,
      outcome: version.outcome,
      flags: version.flags,
      known: this.current?.known ?? KnownHashes.of(version.hashes),
      firstReceivedAt: this.current?.firstReceivedAt ?? receivedAt,
      lastReceivedAt: before !== undefined && before > receivedAt ? before : receivedAt,
      open: () => {
        this.opened++;
        return this.content;
      },
    };
  }
}

function aStory(...elements: Element[]): Story {
  const story = new Story();
  for (const element of elements) story.tell(element, { receivedAt: T0 });
  return story;
}

const versionOf = (decision: Decision): Version => {
  if (!('canonical' in decision)) throw new Error(`expected a version, got ${decision.result}`);
  return decision;
};
const update = (fields: Element['fields'], over: Partial<Element> = {}): Element =>
  anElement({ isUpdate: true, fields, ...over });

describe('decide', () => {
  test('an unknown applicant is created with version 1 and every field as changed', () => {
    const created = versionOf(decide(null, anElement({ extras: { branch: 'Giza' } }), anArrival()));
    expect(created).toMatchObject({
      result: 'created',
      version: 1,
      event: 'applicant.created',
      outcome: 'accepted',
      previousOutcome: null,
      changedFields: ['firstName', 'familyName', 'phoneNumbers', 'status', 'branch'],
      flags: [],
      revertsTo: null,
    });
    expect(created.canonical).toBe(canonicalJson(created.content));
    const [hash] = keyer(hashOfCanonical(created.canonical, 'accepted'));
    expect(created.hashes).toEqual({ content: hash, delivered: hash });
  });

  test('A7: an update of an unknown applicant is inserted and flagged', () => {
    const created = versionOf(decide(null, update(BASE), anArrival()));
    expect(created).toMatchObject({ result: 'created', version: 1, flags: ['firstSeenAsUpdate'] });
  });

  test.each([false, true])(
    'A8: the same content again is a duplicate (isUpdate=%s), known without opening the row',
    (isUpdate) => {
      const story = aStory(anElement());
      expect(story.tell(anElement({ isUpdate }))).toEqual({ result: 'duplicate', version: 1 });
      expect(story.opened).toBe(0);
    },
  );

  test('A8: a partial update that changes nothing is a duplicate', () => {
    const story = aStory(anElement());
    expect(story.tell(update({ firstName: 'منى', status: 1 }))).toEqual({ result: 'duplicate', version: 1 });
    expect(story.opened).toBe(1);
  });

  test('A9: a create that equals an earlier version is stale and names that version', () => {
    const story = aStory(anElement(), update({ ...BASE, firstName: 'منا' }));
    expect(story.tell(anElement())).toEqual({ result: 'stale', version: 1 });
  });

  test('A9: a redelivered create is stale even when updates added fields to what it says', () => {
    const story = aStory(
      anElement(),
      update({ address: 'الجيزة', status: 1 }),
      update({ state: 'الدقي', status: 1 }),
    );
    expect(story.tell(anElement())).toEqual({ result: 'duplicate', version: 3 });
    const changed = aStory(anElement(), update({ address: 'الجيزة', firstName: 'منا', status: 1 }));
    expect(changed.tell(anElement())).toEqual({ result: 'stale', version: 1 });
  });

  test('A10: a create with new content becomes the next version', () => {
    const story = aStory(anElement());
    const next = versionOf(story.tell(anElement({ fields: { ...BASE, firstName: 'مها' } })));
    expect(next).toMatchObject({
      result: 'updated',
      version: 2,
      event: 'applicant.updated',
      changedFields: ['firstName'],
    });
  });

  test('A11: an update back to an earlier content is applied, flagged, and names the version', () => {
    const story = aStory(
      anElement(),
      update({ ...BASE, firstName: 'مها' }),
      update({ ...BASE, familyName: 'علي' }),
    );
    const back = versionOf(story.tell(update(BASE)));
    expect(back).toMatchObject({ result: 'updated', version: 4, flags: ['revertsTo'], revertsTo: 1 });
  });

  test('A11: a partial update whose result equals an earlier version names it too', () => {
    const story = aStory(anElement(), update({ firstName: 'مها', status: 1 }));
    const back = versionOf(story.tell(update({ firstName: BASE.firstName, status: 1 })));
    expect(back).toMatchObject({ version: 3, flags: ['revertsTo'], revertsTo: 1 });
  });

  test('A11: of several equal earlier versions the newest is named', () => {
    const story = aStory(
      anElement(),
      update({ ...BASE, firstName: 'مها' }),
      update(BASE),
      update({ ...BASE, firstName: 'مها' }),
    );
    expect(versionOf(story.tell(update(BASE)))).toMatchObject({ version: 5, revertsTo: 3 });
  });

  test('A11: an old update that is applied late, after newer ones, is stale', () => {
    const story = aStory(anElement(), update({ ...BASE, firstName: 'مها' }));
    const early = new Date(T0.getTime() - 1000);
    expect(story.tell(update(BASE), { receivedAt: early })).toEqual({ result: 'stale', version: 1 });
  });

  test("eNROLL's answer to a question that was put before the current version came is stale, whatever it says", () => {
    const story = new Story();
    story.tell(anElement());
    const answer = anElement({ isUpdate: true, fields: { ...BASE, status: 5 } });
    expect(story.tell(answer, { asOf: T0 })).toEqual({ result: 'stale', version: 1 });
    expect(story.tell(answer, { asOf: LATER })).toMatchObject({ result: 'updated' });
  });

  test('new content that was received before the current version is applied and flagged late', () => {
    const story = aStory(anElement());
    const early = new Date(T0.getTime() - 1);
    expect(
      versionOf(story.tell(update({ firstName: 'مها', status: 1 }), { receivedAt: early })).flags,
    ).toEqual(['late']);
    expect(versionOf(story.tell(update({ firstName: 'هدى', status: 1 }), { receivedAt: T0 })).flags).toEqual(
      [],
    );
  });

  test('A12: fields that are missing keep their value, extras too', () => {
    const story = aStory(anElement({ extras: { branch: 'Giza', score: 1 } }));
    const next = versionOf(story.tell(update({ firstName: 'مها', status: 4 }, { extras: { score: 2 } })));
    expect(next.content).toEqual({
      fields: { ...BASE, firstName: 'مها', status: 4 },
      extras: { branch: 'Giza', score: 2 },
    });
    expect(next.changedFields).toEqual(['firstName', 'status', 'score']);
  });

  test('A13: an explicit null leaves the old value, unless the field is configured to clear', () => {
    const nulls: FieldName[] = ['familyName'];
    expect(aStory(anElement()).tell(update({ status: 1 }, { nulls }))).toMatchObject({ result: 'duplicate' });
    const cleared = versionOf(
      aStory(anElement()).tell(update({ status: 1 }, { nulls }), {
        nullsClear: new Set<FieldName>(['familyName']),
      }),
    );
    expect(cleared.content.fields).not.toHaveProperty('familyName');
    expect(cleared.changedFields).toEqual(['familyName']);
  });

  test('A13: clearing twice is a duplicate, and clearing is not the same delivery as leaving out', () => {
    const clears = { nullsClear: new Set<FieldName>(['familyName']) };
    const story = aStory(anElement());
    story.tell(update({ status: 1 }), clears);
    expect(story.tell(update({ status: 1 }, { nulls: ['familyName'] }), clears)).toMatchObject({
      result: 'updated',
    });
    expect(story.tell(update({ status: 1 }, { nulls: ['familyName'] }), clears)).toMatchObject({
      result: 'duplicate',
    });
  });

  test('A13: a first delivery with cleared fields is one version whose content a plain copy repeats', () => {
    const clears = { nullsClear: new Set<FieldName>(['address']) };
    const story = new Story();
    story.tell(anElement({ nulls: ['address'] }), clears);
    expect(story.tell(anElement(), clears)).toEqual({ result: 'duplicate', version: 1 });
  });

  test.each<[CallbackKind, number | undefined, Outcome, string[]]>([
    ['success', 1, 'accepted', []],
    ['success', 4, 'accepted', []],
    ['success', 5, 'conflict', []],
    ['success', 2, 'accepted', []],
    ['success', undefined, 'accepted', ['statusMissing']],
    ['fail', 5, 'rejected', []],
    ['fail', 1, 'conflict', []],
    ['fail', 4, 'conflict', []],
    ['fail', 99, 'rejected', []],
    ['fail', undefined, 'rejected', ['statusMissing']],
    ['any', 1, 'accepted', []],
    ['any', 4, 'accepted', []],
    ['any', 5, 'rejected', []],
    ['any', 3, 'unknown', []],
    ['any', undefined, 'unknown', ['statusMissing']],
  ])('A16, A17, A27: URL %s with status %s is %s', (kind, status, outcome, flags) => {
    const { firstName } = BASE;
    const fields = status === undefined ? { firstName } : { firstName, status };
    expect(versionOf(decide(null, anElement({ fields }), anArrival({ kind })))).toMatchObject({
      outcome,
      flags,
    });
  });

  test('A27: one URL for both and no status: the outcome stands', () => {
    const story = aStory(anElement());
    const next = versionOf(story.tell(update({ firstName: 'مها' }), { kind: 'any' }));
    expect(next).toMatchObject({ outcome: 'accepted', event: 'applicant.updated' });
  });

  test('A15, A27: a status without a published name says nothing, whatever the outcome was', () => {
    const story = aStory(anElement());
    expect(versionOf(story.tell(update({ status: 3 }), { kind: 'any' }))).toMatchObject({
      outcome: 'unknown',
    });
  });

  test('A18: accepted, later rejected, is a new version with its own event', () => {
    const story = aStory(anElement());
    const rejected = versionOf(story.tell(update({ status: 5 }), { kind: 'fail' }));
    expect(rejected).toMatchObject({
      event: 'applicant.outcome_changed',
      outcome: 'rejected',
      previousOutcome: 'accepted',
      changedFields: ['status', 'outcome'],
    });
    expect(versionOf(story.tell(update({ status: 4 })))).toMatchObject({
      event: 'applicant.outcome_changed',
      outcome: 'accepted',
    });
  });

  test('A16: the same content on the other URL is no duplicate', () => {
    const story = aStory(anElement());
    expect(versionOf(story.tell(anElement(), { kind: 'fail' }))).toMatchObject({
      outcome: 'conflict',
      changedFields: ['outcome'],
    });
  });

  test('A22: the flag samePerson stays until the idNumber changes', () => {
    const story = new Story();
    const idNumber = '29703012357788';
    expect(
      versionOf(story.tell(anElement({ fields: { ...BASE, idNumber } }), { samePerson: true })).flags,
    ).toEqual(['samePerson']);
    expect(versionOf(story.tell(update({ firstName: 'مها', status: 1 }))).flags).toEqual(['samePerson']);
    expect(versionOf(story.tell(update({ idNumber: '29703012357789', status: 1 }))).flags).toEqual([]);
    expect(versionOf(story.tell(update({ firstName: 'منى', status: 1 }))).flags).toEqual([]);
  });

  test('A22: who gives its idNumber up is the same person no more', () => {
    const story = new Story();
    const nullsClear: ReadonlySet<FieldName> = new Set(['idNumber']);
    story.tell(anElement({ fields: { ...BASE, idNumber: '29703012357788' } }), { samePerson: true });
    expect(
      versionOf(story.tell({ ...update({ status: 1 }), nulls: ['idNumber'] }, { nullsClear })).flags,
    ).toEqual([]);
  });

  test('flags of the delivery are kept, and the decision does not alter the element', () => {
    const element = Object.freeze(
      anElement({ flags: Object.freeze(['coerced:status']) as unknown as string[] }),
    );
    expect(versionOf(decide(null, element, anArrival())).flags).toEqual(['coerced:status']);
  });

  test('only the newest hashes are kept, and versions are still counted on', () => {
    const story = aStory(anElement());
    for (let n = 0; n < MAX_KNOWN_VERSIONS + 5; n++)
      story.tell(update({ firstName: `name ${n}`, status: 1 }));
    expect(story.current?.known.toString()).toHaveLength(6 + MAX_KNOWN_VERSIONS * 64);
    expect(story.current?.version).toBe(MAX_KNOWN_VERSIONS + 6);
    // Version 1 is forgotten: its content counts as new.
    expect(versionOf(story.tell(anElement({ fields: { ...BASE } })))).toMatchObject({
      result: 'updated',
      revertsTo: null,
    });
    expect(story.tell(anElement({ fields: { firstName: 'name 200', status: 1 } }))).toMatchObject({
      result: 'stale',
      version: 202,
    });
  });

  test('after a rotation of keys what came before it is known all the same', () => {
    const rotated = keyerOf(
      new KeyedHash(KeyRing.parse(`k2:${Buffer.alloc(32, 8).toString('base64')},${KEYS}`)),
      'a-1',
    );
    const story = aStory(anElement(), update({ firstName: 'مها', status: 1 }));
    const tell = (element: Element) => story.tell(element, { keyer: rotated });
    expect(tell(update({ firstName: 'مها', status: 1 }))).toEqual({ result: 'duplicate', version: 2 });
    expect(tell(update({ ...BASE, firstName: 'مها' }))).toEqual({ result: 'duplicate', version: 2 });
    expect(tell(anElement())).toEqual({ result: 'stale', version: 1 });
    expect(versionOf(tell(update(BASE)))).toMatchObject({ version: 3, revertsTo: 1 });
    expect(tell(update(BASE))).toEqual({ result: 'duplicate', version: 3 });
  });
});
