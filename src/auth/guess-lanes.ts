import { setTimeout as pause } from 'node:timers/promises';

/** Maximum number of waiting guesses of one address; more are a flood. */
const MAX_WAITING = 100;

interface Guess {
  begin(): Promise<void>;
  drop(): void;
}

/** Guesses of one address by client, next turn first; a client's newest guess is the last. */
type Lanes = Map<string, Guess[]>;

/**
 * Compares secrets in an order in which no flood of guesses holds up anybody else. Each address and client has a lane:
 * addresses take turns, and so do the clients of an address. The newest guess of a lane goes first, since a flood goes on
 * while a person waits. Beyond 100 guesses of one address the oldest of its longest lane is dropped.
 */
export class GuessLanes {
  private readonly addresses = new Map<string, Lanes>();
  private running = 0;

  /** @param pauseMs before each comparison */
  constructor(
    private readonly atOnce: number,
    private readonly pauseMs = 0,
  ) {}

  /** @returns `dropped` where too many others came after it from the same address */
  run<T>(network: string, clientId: string, work: () => Promise<T>): Promise<T | 'dropped'> {
    return new Promise((resolve, reject) => {
      const lanes = this.addresses.get(network) ?? new Map<string, Guess[]>();
      const lane = lanes.get(clientId) ?? [];
      lane.push({ begin: () => work().then(resolve, reject), drop: () => resolve('dropped') });
      lanes.set(clientId, lane);
      this.addresses.set(network, lanes);
      dropOldest(lanes);
      if (this.running < this.atOnce) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.running += 1;
    while (this.addresses.size > 0) {
      if (this.pauseMs > 0) await pause(this.pauseMs);
      await this.next()?.begin();
    }
    this.running -= 1;
  }

  /** The guess whose turn it is. Its address, and the client within it, go to the end of their rows. */
  private next(): Guess | undefined {
    const [first] = this.addresses;
    if (first === undefined) return undefined;
    const [network, lanes] = first;
    const [clientId = '', lane = []] = lanes.entries().next().value ?? [];
    const guess = lane.pop();
    lanes.delete(clientId);
    if (lane.length > 0) lanes.set(clientId, lane);
    this.addresses.delete(network);
    if (lanes.size > 0) this.addresses.set(network, lanes);
    return guess;
  }
}

function dropOldest(lanes: Lanes): void {
  let waiting = 0;
  let longest: Guess[] = [];
  for (const lane of lanes.values()) {
    waiting += lane.length;
    if (lane.length > longest.length) longest = lane;
  }
  if (waiting > MAX_WAITING) longest.shift()?.drop();
  // its lane may be empty now, and is left out when its turn comes
}
