import type { Applicants } from './applicants.js';
import { Connection } from './connection.js';

/** What a scenario sends. */
export interface Plan {
  connections: number;
  /** Applicants per callback. */
  applicants: number;
  /** Share of elements that are updates of known applicants, with new content. */
  updateShare: number;
  /** Applicants that the database holds already: those numbered from 0. A multiple of `connections`. */
  knownBefore: number;
}

/** When to stop: whichever comes first. */
interface Stop {
  /** Of `performance.now()`. */
  untilMs?: number;
  callbacks?: number;
}

interface Tally {
  callbacks: number;
  applicants: number;
  latenciesMs: number[];
}

const APPLIED = '"applied":';
/** Every so many callbacks go to the fail URL. */
const REJECTED_EVERY = 10;
const DIGITS_OF_LENGTH = 10;

/** One connection of eNROLL: sends callback after callback, each when the one before is answered. */
export class Lane {
  private readonly success: Request;
  private readonly fail: Request;
  /** How often each applicant of this lane was sent; its number is `lane + connections * place`. */
  private readonly revisions: number[] = [];
  private sent = 0;
  private draw: number;

  constructor(
    private readonly applicants: Applicants,
    private readonly plan: Plan,
    private readonly lane: number,
    token: string,
  ) {
    const maxBodyBytes = plan.applicants * (applicants.maxElementBytes + 1) + 2;
    this.success = new Request('/callbacks/success', token, maxBodyBytes);
    this.fail = new Request('/callbacks/fail', token, maxBodyBytes);
    this.draw = lane;
    const known = plan.knownBefore / plan.connections;
    if (!Number.isInteger(known)) throw new Error('the applicants known before must be shared out evenly');
    for (let place = 0; place < known; place++) this.revisions.push(0);
  }

  /** @throws Error at the first answer that is not what was sent */
  async run(port: number, { untilMs = Infinity, callbacks = Infinity }: Stop): Promise<Tally> {
    const connection = await Connection.open(port);
    const tally: Tally = { callbacks: 0, applicants: 0, latenciesMs: [] };
    try {
      while (tally.callbacks < callbacks && performance.now() < untilMs) {
        const request = this.compose(this.updatesNow());
        const startedMs = performance.now();
        const { status, body } = await connection.ask(request);
        tally.latenciesMs.push(performance.now() - startedMs);
        check(status, body, this.plan.applicants);
        tally.callbacks++;
        tally.applicants += this.plan.applicants;
      }
    } finally {
      connection.close();
    }
    return tally;
  }

  private updatesNow(): number {
    const { applicants, updateShare } = this.plan;
    const known = this.revisions.length;
    if (known < applicants) return 0;
    const before = Math.floor(this.sent * applicants * updateShare);
    return Math.floor((this.sent + 1) * applicants * updateShare) - before;
  }

  private compose(updates: number): Buffer {
    const rejected = this.sent++ % REJECTED_EVERY === REJECTED_EVERY - 1;
    const request = rejected ? this.fail : this.success;
    const known = this.revisions.length;
    // a run of neighbours from anywhere: no applicant twice in one list, and none that another lane is sending
    this.draw = (Math.imul(this.draw, 1_664_525) + 1_013_904_223) >>> 0;
    const from = this.draw % Math.max(known, 1);
    let at = request.open();
    for (let index = 0; index < this.plan.applicants; index++) {
      const place = index < updates ? (from + index) % known : this.revisions.length;
      const revision = index < updates ? (this.revisions[place] as number) + 1 : 0;
      this.revisions[place] = revision;
      const number = this.lane + this.plan.connections * place;
      at = this.applicants.write(request.bytes, at, { number, revision, rejected });
      request.bytes[at++] = COMMA;
    }
    return request.close(at - 1);
  }
}

const COMMA = 0x2c;
const [OPEN, CLOSE] = [0x5b, 0x5d];

/** A request in one buffer that is filled again and again. */
class Request {
  readonly bytes: Buffer;
  private readonly head: string;

  constructor(path: string, token: string, maxBodyBytes: number) {
    this.head =
      `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n` +
      'Content-Type: application/json\r\nContent-Length: ';
    this.bytes = Buffer.alloc(this.bodyAt + maxBodyBytes);
    this.bytes.write(`${this.head}${'0'.repeat(DIGITS_OF_LENGTH)}\r\n\r\n`, 'latin1');
  }

  private get bodyAt(): number {
    return this.head.length + DIGITS_OF_LENGTH + 4;
  }

  open(): number {
    this.bytes[this.bodyAt] = OPEN;
    return this.bodyAt + 1;
  }

  close(at: number): Buffer {
    this.bytes[at] = CLOSE;
    const length = String(at + 1 - this.bodyAt).padStart(DIGITS_OF_LENGTH, '0');
    this.bytes.write(length, this.head.length, 'latin1');
    return this.bytes.subarray(0, at + 1);
  }
}

/** The report begins with its counts: they are read without parsing an item per applicant. */
function check(status: number, body: Buffer, sent: number): void {
  const at = body.indexOf(APPLIED) + APPLIED.length;
  const applied = Number.parseInt(body.toString('latin1', at, at + 9), 10);
  if (status === 200 && applied === sent) return;
  throw new Error(
    `${sent} applicants sent, answered ${status}, applied ${applied}: ${body.toString('utf8', 0, 300)}`,
  );
}
