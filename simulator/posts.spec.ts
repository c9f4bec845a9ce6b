import { Book } from './book.js';
import { isSuccess } from './enrollment.js';
import { LIVELY, type MixRequest, mixSchema } from './mix.js';
import { type Post, PostPlan, type Scenario } from './posts.js';

const COUNT = 1_000;

function planned(mix: MixRequest, count = COUNT, seed = 7): { book: Book; posts: Post[] } {
  const book = new Book(seed);
  return { book, posts: [...new PostPlan(book, count, mixSchema.parse(mix))] };
}

function listIn(post: Post): Record<string, unknown>[] {
  return JSON.parse(post.body().toString('utf8')) as Record<string, unknown>[];
}

const of = (posts: Post[], scenario: Scenario) => posts.filter((post) => post.scenario === scenario);
const elementsOf = (posts: Post[]) => posts.flatMap((post) => post.elements);

describe('the plan of a run', () => {
  it('tells of each enrollment once, in lists of the size asked for', () => {
    const { book, posts } = planned({ batch: 25 });
    expect(book.held).toBe(COUNT);
    expect(elementsOf(posts).map(({ index }) => index)).toHaveLength(COUNT);
    expect(new Set(elementsOf(posts).map(({ index }) => index)).size).toBe(COUNT);
    expect(posts.filter((post) => post.elements.length !== 25).length).toBeLessThanOrEqual(2);
    const [first] = posts as [Post];
    expect(listIn(first)).toHaveLength(25);
    expect(listIn(first)[0]).toEqual({
      isUpdate: false,
      ...book.enrollment(first.elements[0]?.index as number),
    });
  });

  it('sends accepted ones to the success URL and all others to the fail URL', () => {
    for (const { side, elements } of planned({}).posts) {
      expect(elements.every(({ enrollment }) => isSuccess(enrollment) === (side === 'success'))).toBe(true);
    }
  });

  it('is the same for the same seed and another for another', () => {
    const bodies = (seed: number) =>
      planned(LIVELY, 200, seed).posts.map((post) => post.body().toString('base64'));
    expect(bodies(7)).toEqual(bodies(7));
    expect(bodies(8)).not.toEqual(bodies(7));
  });

  it('lets updates, repeats and stale states wait for what they follow', () => {
    const { book, posts } = planned({ updateShare: 0.4, duplicateShare: 0.2, staleShare: 0.5, batch: 7 });
    const at = new Map<string, number>();
    for (const post of posts) {
      expect(post.after.every((id) => id < post.id)).toBe(true);
      for (const { index, revision } of post.elements) {
        const follows =
          post.scenario === 'update' ? revision - 1 : post.scenario === 'duplicate' ? 0 : undefined;
        if (follows !== undefined) expect(post.after).toContain(at.get(`${index} ${follows}`));
        if (post.scenario === 'stale')
          expect(post.after).toContain(at.get(`${index} ${book.revisionOf(index)}`));
        if (post.scenario === 'create' || post.scenario === 'update') at.set(`${index} ${revision}`, post.id);
      }
    }
    const updated = elementsOf(of(posts, 'update')).filter(({ revision }) => revision === 1).length;
    expect(updated).toBeGreaterThan(COUNT * 0.34);
    expect(updated).toBeLessThan(COUNT * 0.46);
    expect(elementsOf(of(posts, 'duplicate')).length).toBeGreaterThan(COUNT * 0.15);
    expect(elementsOf(of(posts, 'stale')).length).toBeGreaterThan(COUNT * 0.1);
    expect(elementsOf(of(posts, 'update')).every(({ isUpdate }) => isUpdate)).toBe(true);
    expect(elementsOf(of(posts, 'stale')).every(({ isUpdate }) => !isUpdate)).toBe(true);
  });

  it('can send an update ahead of its enrollment, and the same list twice at once', () => {
    const { posts } = planned({ lateCreateShare: 0.1, parallelShare: 0.1 });
    const early = elementsOf(of(posts, 'earlyUpdate'));
    expect(early.length).toBeGreaterThan(60);
    expect(early.every(({ isUpdate, revision }) => isUpdate && revision === 1)).toBe(true);
    expect(
      elementsOf(of(posts, 'lateCreate'))
        .map(({ index }) => index)
        .sort(),
    ).toEqual(early.map(({ index }) => index).sort());
    const parallel = of(posts, 'parallel');
    expect(parallel.length % 2).toBe(0);
    for (let pair = 0; pair < parallel.length; pair += 2) {
      const [one, other] = parallel.slice(pair, pair + 2) as [Post, Post];
      expect(other.id).toBe(one.id + 1);
      expect(other.body()).toEqual(one.body());
      expect(other.after).toEqual([]);
    }
  });

  it('withholds exactly so many enrollments and updates, and can list them', () => {
    const { book, posts } = planned({ withhold: 100, withholdUpdates: 0.05, updateShare: 0.3 });
    expect(book.withheld.size).toBe(100);
    expect(book.withheldUpdates.size).toBe(45);
    const told = new Map(elementsOf(posts).map(({ index, revision }) => [index, revision]));
    for (const index of book.withheld) expect(told.has(index)).toBe(false);
    for (const index of book.withheldUpdates) {
      expect(told.get(index)).toBe(0);
      expect(book.revisionOf(index)).toBe(1);
    }
    expect(told.size).toBe(COUNT - 100);
    expect(planned({ withhold: COUNT }).posts).toEqual([]);
  });

  it('sends some to the wrong URL (A16)', () => {
    const { posts } = planned({ conflictShare: 0.1 });
    const wrong = posts.flatMap(({ side, elements }) =>
      elements.filter(({ enrollment }) => isSuccess(enrollment) !== (side === 'success')),
    );
    expect(wrong.length).toBeGreaterThan(60);
    expect(wrong.length).toBeLessThan(140);
  });

  it('spells some loosely: text for numbers and booleans, one phone without its list, keys in other case (M6)', () => {
    const wires = planned({ sloppyShare: 1 }).posts.flatMap(listIn);
    expect(new Set(wires.map(({ isUpdate, IsUpdate }) => typeof (isUpdate ?? IsUpdate)))).toEqual(
      new Set(['string', 'number']),
    );
    expect(wires.map(({ status }) => status)).toEqual(
      expect.arrayContaining(['1', 'Accepted', 'ManuallyRejected']),
    );
    expect(wires.some(({ ApplicantId }) => typeof ApplicantId === 'string')).toBe(true);
    expect(wires.some(({ phoneNumbers }) => typeof phoneNumbers === 'string')).toBe(true);
  });

  it('holds in a partial update what changed, and null for the rest (A12)', () => {
    const { book, posts } = planned({ updateShare: 0.5, partialShare: 1 }, 150);
    for (const post of of(posts, 'update')) {
      listIn(post).forEach((wire, at) => {
        const { index, revision } = post.elements[at] as { index: number; revision: number };
        const told = Object.fromEntries(Object.entries(wire).filter(([, value]) => value !== null));
        expect({ ...book.enrollment(index, revision - 1), ...told }).toEqual({
          isUpdate: true,
          ...book.enrollment(index, revision),
        });
      });
    }
  });

  it('adds elements and bodies that nobody can take, each with the status that the contract asks for', () => {
    const { posts } = planned({
      brokenShare: 1,
      malformedShare: 1,
      oversizedShare: 1,
      oversizedBytes: 5_000,
    });
    const creates = of(posts, 'create');
    expect(creates.every((post) => listIn(post).length === post.elements.length + 1)).toBe(true);
    expect(of(posts, 'malformed')).toHaveLength(creates.length);
    expect(new Set(of(posts, 'malformed').map(({ expects }) => expects))).toEqual(new Set([400, 415]));
    expect(of(posts, 'oversized').map((post) => [post.body().length, post.expects])).toEqual(
      creates.map(() => [5_000, 413]),
    );
    expect(() => listIn(of(posts, 'oversized')[0] as Post)).not.toThrow();
  });

  it('wraps the list where asked to (A1)', () => {
    const [post] = planned({ wrapped: true }, 1).posts as [Post];
    expect(JSON.parse(post.body().toString('utf8'))).toEqual({
      applicants: [expect.objectContaining({ isUpdate: false })],
    });
  });
});
