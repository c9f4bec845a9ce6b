import { Logger } from '@nestjs/common';
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, createServer, type SecureContextOptions, type Server } from 'node:tls';
import type { SettingFault } from './config/checks.js';
import { type Config, ConfigError } from './config/config.js';
import type { Settings } from './config/settings.js';
import { CertificateFault, readCertificates } from './crypto/certificates.js';

/** Forward secrecy and authenticated encryption alone: Mozilla's "intermediate" without DHE. */
const CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':');
/** As long as for the headers of a request. */
const HANDSHAKE_WITHIN_MS = 20_000;
/** How soon renewed files are in use. Kubernetes and ACME clients swap links, which no watcher follows reliably. */
const LOOK_EVERY_MS = 10_000;

const CERT = 'ROLLCALL_TLS_CERT_FILE';
const KEY = 'ROLLCALL_TLS_KEY_FILE';
const CLIENT_CA = 'ROLLCALL_TLS_CLIENT_CA_FILE';
type Files = Partial<Pick<Settings, typeof CERT | typeof KEY | typeof CLIENT_CA>>;

/** What is wrong with the files of our own TLS, so that the start reports it together with all other faults. */
export function tlsFaults(given: Partial<Settings>): SettingFault[] {
  if (given[CERT] === undefined || given[KEY] === undefined) return [];
  try {
    readFiles(given);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults;
  }
}

/** TLS of our own ports. Renewed files are used for new connections without a restart; faulty ones are not. */
export class Tls {
  private readonly log = new Logger('TLS');
  private readonly servers: Server[] = [];
  private options: SecureContextOptions;
  private looking: NodeJS.Timeout | undefined;
  private said = '';

  private constructor(
    private readonly files: Files,
    private readonly lookEveryMs: number,
  ) {
    this.options = readFiles(files);
  }

  /**
   * @returns undefined where TLS is left to a proxy
   * @throws ConfigError
   */
  static of({ env }: Config, lookEveryMs = LOOK_EVERY_MS): Tls | undefined {
    return env[CERT] === undefined ? undefined : new Tls(env, lookEveryMs);
  }

  /**
   * Makes a server that is given connections (`emit('connection')`) and need not listen.
   * @param asks whether clients are asked for a certificate, if there is an authority for it; they may have none
   */
  makeServer(asks: boolean): Server {
    const server = createServer({
      ...this.options,
      handshakeTimeout: HANDSHAKE_WITHIN_MS,
      ALPNProtocols: ['http/1.1'],
      requestCert: asks && this.options.ca !== undefined,
      // health needs no certificate; what eNROLL calls is refused by its door, with an answer
      rejectUnauthorized: false,
    });
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    this.servers.push(server);
    return server;
  }

  /** Begins to look for renewed files. */
  follow(): void {
    this.looking ??= setInterval(() => this.look(), this.lookEveryMs).unref();
  }

  unfollow(): void {
    clearInterval(this.looking);
  }

  private look(): void {
    try {
      const options = readFiles(this.files);
      this.said = '';
      if (isSame(options, this.options)) return;
      this.options = options;
      for (const server of this.servers) server.setSecureContext(options);
      this.log.log({ code: 'TLS_RENEWED' }, 'New connections use the renewed certificate');
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      // certificate and key may be written one after the other, and an expired one is better than none
      if (error.message === this.said) return;
      this.said = error.message;
      this.log.warn({ code: 'TLS_NOT_RENEWED' }, `The former certificate stays in use: ${error.message}`);
    }
  }
}

function isSame(one: SecureContextOptions, other: SecureContextOptions): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** @throws ConfigError naming each file that is wrong */
function readFiles(files: Files): SecureContextOptions {
  const faults: SettingFault[] = [];
  const read = <T>(name: keyof Files, how: (file: string) => T): T | undefined => {
    const file = files[name];
    if (file === undefined) return undefined;
    try {
      return how(file);
    } catch (error) {
      if (!(error instanceof CertificateFault)) throw error;
      faults.push({ name, message: error.message });
      return undefined;
    }
  };
  const chain = read(CERT, certificatesIn);
  const key = read(KEY, privateKeyIn);
  const ca = read(CLIENT_CA, readCertificates);
  if (chain !== undefined && key !== undefined) read(KEY, (file) => checkPair(file, chain, key));
  if (chain === undefined || key === undefined || faults.length > 0) throw new ConfigError(faults);
  const options = {
    cert: chain.join(''),
    key: key.export({ type: 'pkcs8', format: 'pem' }),
    ...(ca !== undefined && { ca }),
    minVersion: 'TLSv1.2',
    ciphers: CIPHERS,
    honorCipherOrder: true,
  } satisfies SecureContextOptions;
  read(CERT, (file) => checkStrength(file, options));
  if (faults.length > 0) throw new ConfigError(faults);
  return options;
}

function certificatesIn(file: string): string[] {
  const chain = readCertificates(file);
  const { validFrom, validTo } = new X509Certificate(chain[0] ?? '');
  if (Date.parse(validTo) <= Date.now())
    throw new CertificateFault(`${file}: the certificate expired on ${validTo}`);
  if (Date.parse(validFrom) > Date.now())
    throw new CertificateFault(`${file}: the certificate is not valid before ${validFrom}`);
  return chain;
}

function privateKeyIn(file: string): KeyObject {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw new CertificateFault(`${file} cannot be read (${code})`);
  }
  try {
    return createPrivateKey(pem);
  } catch {
    throw new CertificateFault(
      pem.includes('ENCRYPTED')
        ? `${file}: the key has a passphrase, which nobody is there to type: take it off (openssl pkey)`
        : `${file} holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)`,
    );
  }
}

function checkPair(file: string, chain: readonly string[], key: KeyObject): void {
  const owner = chain.findIndex((pem) => new X509Certificate(pem).checkPrivateKey(key));
  if (owner === 0) return;
  throw new CertificateFault(
    owner < 0
      ? `${file}: the key does not belong to the certificate of ${CERT}`
      : `${file}: the key belongs to certificate ${owner + 1} of ${CERT}: the server's own must come first`,
  );
}

/** OpenSSL refuses what is too weak, e.g. RSA of 1,024 bits. */
function checkStrength(file: string, options: SecureContextOptions): void {
  try {
    createSecureContext(options);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new CertificateFault(`${file}: OpenSSL does not take this certificate (${code})`);
  }
}
