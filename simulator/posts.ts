import type { Book, Session } from './book.js';
import { Dice } from './dice.js';
import { type Element, type Form, wireOf } from './element.js';
import { isSuccess } from './enrollment.js';
import type { Mix } from './mix.js';
import { BROKEN_ELEMENTS, MALFORMED_BODIES, oversizedBody } from './bad-bodies.js';
import { Draw } from './draw.js';

export type Scenario =
  | 'create'
  | 'update'
  | 'duplicate'
  | 'stale'
  | 'earlyUpdate'
  | 'lateCreate'
  | 'parallel'
  | 'malformed'
  | 'oversized';
export type Side = 'success' | 'fail';

/** One callback to be sent. */
export interface Post {
  id: number;
  side: Side;
  scenario: Scenario;
  elements: Element[];
  /** Posts that must have been answered before. */
  after: number[];
  /** The HTTP status that the contract asks for. */
  expects: number;
  contentType: string;
  body(): Buffer;
}

/** An element waiting for its list to fill up. */
interface Waiting {
  element: Element;
  after: number[];
}

/** What is to become of an enrollment; drawn once, from seed and number. */
interface Fate {
  updates: number;
  duplicate: boolean;
  stale: boolean;
  lateCreate: boolean;
  parallel: boolean;
  conflict: boolean;
}

const MAX_UPDATES = 3;

/**
 * Plans the callbacks of `count` new enrollments, in an order that depends on the seed alone. Nothing is planned before it is asked
 * for, so that a million enrollments need the memory of a few lists.
 */
export class PostPlan {
  private readonly lists = new Map<string, Waiting[]>();
  private readonly ready: Post[] = [];
  private readonly withheld: Draw;
  private readonly withheldUpdates: Draw;
  private readonly extras: Dice;
  private posts = 0;

  constructor(
    private readonly book: Book,
    private readonly count: number,
    private readonly mix: Mix,
    private readonly session?: Session,
  ) {
    const dice = new Dice(book.seed, book.held, 'selection');
    this.withheld = new Draw(dice, mix.withhold, count);
    this.withheldUpdates = new Draw(dice, mix.withholdUpdates, count - this.withheld.wanted);
    this.extras = new Dice(book.seed, book.held, 'fate');
  }

  *[Symbol.iterator](): Generator<Post> {
    for (let at = 0; at < this.count; at += 1) {
      this.enroll(at === 0 ? this.session : undefined);
      yield* this.ready.splice(0);
    }
    while (this.lists.size > 0) {
      for (const key of [...this.lists.keys()]) this.close(key);
      yield* this.ready.splice(0);
    }
  }

  private enroll(session: Session | undefined): void {
    const index = this.book.enroll(Date.now(), session);
    if (this.withheld.takes()) {
      this.book.withheld.add(index);
      return;
    }
    // whoever's update is withheld is told of once, in the first state
    const untold = this.withheldUpdates.takes();
    if (untold) {
      this.book.revise(index);
      this.book.withheldUpdates.add(index);
    }
    const fate = this.fateOf(index);
    if (fate.lateCreate) {
      this.book.revise(index);
      this.wait('earlyUpdate', this.element(index, 1, 'full'));
    } else {
      this.wait(fate.parallel ? 'parallel' : 'create', this.element(index, 0, this.formOf(index, 0)));
    }
  }

  private element(index: number, revision: number, form: Form): Element {
    const isUpdate = revision > 0;
    return { index, revision, isUpdate, form, enrollment: this.book.enrollment(index, revision) };
  }

  private fateOf(index: number): Fate {
    if (this.book.withheldUpdates.has(index)) return NO_FATE;
    const dice = new Dice(this.book.seed, index, 'fate');
    const { updateShare, duplicateShare, staleShare, lateCreateShare, parallelShare, conflictShare } =
      this.mix;
    let updates = 0;
    while (updates < MAX_UPDATES && dice.chance(updateShare)) updates += 1;
    const lateCreate = dice.chance(lateCreateShare);
    return {
      updates,
      duplicate: dice.chance(duplicateShare),
      stale: dice.chance(staleShare),
      lateCreate,
      parallel: !lateCreate && dice.chance(parallelShare),
      conflict: dice.chance(conflictShare),
    };
  }

  private formOf(index: number, revision: number): Form {
    const dice = new Dice(this.book.seed, index * 4 + revision, 'fate');
    if (dice.chance(this.mix.sloppyShare)) return 'sloppy';
    return revision > 0 && dice.chance(this.mix.partialShare) ? 'partial' : 'full';
  }

  /** Puts an element into the list of its scenario and URL; a full list becomes a post. */
  private wait(scenario: Scenario, element: Element, after: number[] = []): void {
    const belongs = isSuccess(element.enrollment);
    const side: Side = belongs !== this.fateOf(element.index).conflict ? 'success' : 'fail';
    const key = `${scenario} ${side}`;
    const list = this.lists.get(key) ?? [];
    list.push({ element, after });
    this.lists.set(key, list);
    if (list.length >= this.mix.batch) this.close(key);
  }

  private close(key: string): void {
    const [scenario, side] = key.split(' ') as [Scenario, Side];
    const list = this.lists.get(key) ?? [];
    this.lists.delete(key);
    const elements = list.map(({ element }) => element);
    const after = [...new Set(list.flatMap((waiting) => waiting.after))];
    const wires = elements.map((element) => this.wire(element));
    if (this.extras.chance(this.mix.brokenShare)) wires.push(this.extras.pick(BROKEN_ELEMENTS));
    const text = JSON.stringify(this.mix.wrapped ? { applicants: wires } : wires);
    const post = {
      side,
      scenario,
      elements,
      after,
      expects: 200,
      contentType: JSON_TYPE,
      body: () => Buffer.from(text),
    };
    const ids = scenario === 'parallel' ? [this.add(post), this.add(post)] : [this.add(post)];
    for (const element of elements) this.follow(scenario, element, ids);
    this.addBadPosts(side);
  }

  private wire(element: Element): Record<string, unknown> {
    const { index, revision, form } = element;
    return wireOf(element, form === 'partial' ? this.book.enrollment(index, revision - 1) : undefined);
  }

  /** Plans what comes once the posts `after`, which hold this element, are answered. */
  private follow(scenario: Scenario, { index, revision }: Element, after: number[]): void {
    const fate = this.fateOf(index);
    if (scenario === 'earlyUpdate') {
      this.wait('lateCreate', this.element(index, 0, 'full'), after);
      return;
    }
    if (scenario === 'duplicate' || scenario === 'stale' || scenario === 'lateCreate') return;
    if (revision === 0 && fate.duplicate) this.wait('duplicate', this.element(index, 0, 'full'), after);
    if (revision < fate.updates) {
      const next = this.book.revise(index);
      this.wait('update', this.element(index, next, this.formOf(index, next)), after);
    } else if (revision > 0 && fate.stale) {
      this.wait('stale', this.element(index, 0, 'full'), after);
    }
  }

  private addBadPosts(side: Side): void {
    const bad = { side, elements: [], after: [], contentType: JSON_TYPE };
    if (this.extras.chance(this.mix.malformedShare)) {
      this.add({ ...bad, scenario: 'malformed', ...this.extras.pick(MALFORMED_BODIES) });
    }
    if (this.extras.chance(this.mix.oversizedShare)) {
      const { oversizedBytes } = this.mix;
      this.add({ ...bad, scenario: 'oversized', expects: 413, body: () => oversizedBody(oversizedBytes) });
    }
  }

  private add(post: Omit<Post, 'id'>): number {
    this.posts += 1;
    this.ready.push({ ...post, id: this.posts });
    return this.posts;
  }
}

const JSON_TYPE = 'application/json';
const NO_FATE: Fate = {
  updates: 0,
  duplicate: false,
  stale: false,
  lateCreate: false,
  parallel: false,
  conflict: false,
};
