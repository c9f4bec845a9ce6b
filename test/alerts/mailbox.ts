import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { projectRoot } from '../../src/config/root.js';

const TLS = join(projectRoot, 'test', 'enroll-client', 'tls');

/** The authority that signed the certificate of a mail server with TLS, which is good for `localhost`. */
export const CA_FILE = join(TLS, 'ca.pem');
export const CREDENTIALS = { user: 'alerts', password: 'a-password-of-the-mail-server' };

export interface Received extends Email {
  recipients: string[];
  /** As it came over the wire. */
  raw: string;
}

/** An error as an SMTP server answers it. */
export function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** A real mail server that keeps what it takes, and refuses as it is told. */
export class Mailbox {
  readonly received: Received[] = [];
  /** Decides on each recipient; throw `smtpError` to refuse it. */
  onRecipient: (address: string) => void = () => undefined;
  /** Called when a mail has arrived and before it is answered. */
  onMail: () => Promise<void> = () => Promise.resolve();
  private server: SMTPServer;

  private constructor(private readonly options: SMTPServerOptions) {
    this.server = this.make();
  }

  /** By default without TLS and passwords, like the relay of a machine. */
  static async open(options: SMTPServerOptions = {}): Promise<Mailbox> {
    const mailbox = new Mailbox({ authOptional: true, hideSTARTTLS: true, ...options });
    await mailbox.listen(0);
    return mailbox;
  }

  static tls(): SMTPServerOptions {
    return {
      key: readFileSync(join(TLS, 'server.key')),
      cert: readFileSync(join(TLS, 'server.pem')),
      hideSTARTTLS: false,
    };
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  /** Down, as a server is that nobody started. @returns how to bring it back to the same port */
  async stop(): Promise<() => Promise<void>> {
    const { port } = this;
    await this.close();
    return async () => {
      this.server = this.make();
      await this.listen(port);
    };
  }

  async close(): Promise<void> {
    await new Promise<void>((closed) => this.server.close(() => closed()));
  }

  private listen(port: number): Promise<void> {
    return new Promise((listening) => this.server.listen(port, '127.0.0.1', () => listening()));
  }

  private make(): SMTPServer {
    const server = new SMTPServer({
      closeTimeout: 100,
      logger: false,
      onAuth: ({ username, password }, _session, done) =>
        username === CREDENTIALS.user && password === CREDENTIALS.password
          ? done(null, { user: username })
          : done(smtpError(535, '5.7.8 Authentication credentials invalid')),
      onRcptTo: ({ address }, _session, done) => {
        try {
          this.onRecipient(address);
          done();
        } catch (error) {
          done(error as Error);
        }
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const recipients = session.envelope.rcptTo.map(({ address }) => address);
          void this.take(Buffer.concat(chunks), recipients).then(
            () => done(),
            (error: Error) => done(error),
          );
        });
      },
      ...this.options,
    });
    // a client that leaves in mid-sentence is none of the test's business
    server.on('error', () => undefined);
    return server;
  }

  private async take(raw: Buffer, recipients: string[]): Promise<void> {
    await this.onMail();
    this.received.push({ ...(await PostalMime.parse(raw)), recipients, raw: raw.toString('utf8') });
  }
}
