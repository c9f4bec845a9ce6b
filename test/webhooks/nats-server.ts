import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, usernamePasswordAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { within } from '../../src/observability/within.js';
import { eventually } from '../harness/processes.js';

/** On the path or in Debian's package, which root installs; a test without it fails. */
function program(): string {
  try {
    return execFileSync('sh', ['-c', 'command -v nats-server || command -v /usr/sbin/nats-server'], {
      encoding: 'utf8',
    }).trim();
  } catch {
    execFileSync('sh', ['-c', 'apt-get update -qq && apt-get install -qq -y nats-server'], {
      stdio: 'ignore',
    });
    return '/usr/sbin/nats-server';
  }
}

/** The real NATS server with JetStream, on a port of its own, for a user and password. */
export class NatsServer {
  static readonly credentials = { user: 'rollcall', password: 'of-the-broker' };
  private readonly folder = mkdtempSync(join(tmpdir(), 'rollcall-nats-'));
  private process: ChildProcess | undefined;

  constructor(readonly port: number) {}

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const { user, password } = NatsServer.credentials;
    const config = join(this.folder, 'nats.conf');
    writeFileSync(
      config,
      `host: "127.0.0.1"\nport: ${this.port}\njetstream { store_dir: "${this.folder}" }\n` +
        `authorization { user: "${user}", password: "${password}" }\n`,
    );
    this.process = spawn(program(), ['-c', config], { stdio: 'ignore' });
    await eventually(() => answers(this.port), 15_000);
  }

  /** What is kept is there again after the next start. */
  async halt(): Promise<void> {
    const { process } = this;
    if (process === undefined) return;
    this.process = undefined;
    process.kill('SIGCONT');
    process.kill('SIGKILL');
    await once(process, 'exit');
  }

  /** Answers nobody from now on, and does not hang up either. */
  async freeze(): Promise<void> {
    this.process?.kill('SIGSTOP');
    // the signal takes a moment to arrive
    const isSilent = () =>
      within(100, answers(this.port)).then(
        () => undefined,
        () => true,
      );
    await eventually(isSilent);
  }

  thaw(): void {
    this.process?.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    await this.halt();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A stream that keeps everything below a subject. */
  async keep(subject: string): Promise<void> {
    await this.use(async (connection) => {
      const manager = await jetstreamManager(connection);
      await manager.streams.add({ name: subject, subjects: [`${subject}.>`] });
    });
  }

  /** What such a stream keeps, oldest first. */
  async kept(subject: string): Promise<{ subject: string; body: string; headers: Record<string, string> }[]> {
    return this.use(async (connection) => {
      const stream = await jetstream(connection).streams.get(subject);
      const { state } = await stream.info();
      const messages = [];
      for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
        const message = await stream.getMessage({ seq });
        if (message === null) continue;
        const names = message.header.keys();
        messages.push({
          subject: message.subject,
          body: message.string(),
          headers: Object.fromEntries(names.map((name) => [name, message.header.get(name)])),
        });
      }
      return messages;
    });
  }

  private async use<T>(work: (connection: NatsConnection) => Promise<T>): Promise<T> {
    const { user, password } = NatsServer.credentials;
    const authenticator = usernamePasswordAuthenticator(user, password);
    const connection = await connect({ servers: `127.0.0.1:${this.port}`, authenticator });
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  }
}

/** Undefined where nothing is there; for ever undecided where it is silent. */
function answers(port: number): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connectSocket(port, '127.0.0.1').unref();
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(undefined));
  });
}
