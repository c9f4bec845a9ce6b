import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { createBirpc } from 'birpc';
import { Config } from '../config/config.js';
import { tryAddressesPatiently } from '../config/connecting.js';
import { openKeyRing } from '../crypto/open-key-ring.js';
import { Sealer } from '../crypto/sealer.js';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import { createLogger, logWarnings, PinoNestLogger } from '../observability/logger.js';
import { Fetch, type FetchTools } from './fetch.js';
import type { FetchOwner, FetchProcess } from './fetch-process.types.js';
import { openStore } from './open-store.js';
import { SealedImageStore } from './sealed-image-store.service.js';

/**
 * The process that asks for images, decodes, hashes, seals and stores them; see docs/adr/0007-images-by-a-process-of-their-own.md.
 * It holds nothing that its owner needs. It ends when its owner ends, for whatever reason, and ignores a signal sent to both.
 */
tryAddressesPatiently();
let tools: FetchTools | undefined;
let leaving = new AbortController();

const calls: FetchProcess = {
  async open(settings) {
    const config = new Config(settings);
    const log = createLogger(config);
    logWarnings(log);
    Logger.overrideLogger(new PinoNestLogger(log));
    tools = {
      enroll: EnrollClient.connect(config, undefined, {
        onTried: (...tried) => void owner.tried.asEvent(...tried),
      }),
      sealedStore: new SealedImageStore(await openStore(config), new Sealer(openKeyRing(config))),
      stored: owner.stored,
    };
  },
  fetch(claimed) {
    if (tools === undefined) throw new Error('fetch before open');
    return new Fetch(tools, leaving.signal).of(claimed);
  },
  abort() {
    leaving.abort();
    leaving = new AbortController();
  },
};

const owner = createBirpc<FetchOwner, FetchProcess>(calls, {
  // if the owner has just gone nobody hears this, and `disconnect` ends this process
  post: (message) => process.send?.(message, undefined, undefined, () => undefined),
  on: (listener) => process.on('message', listener),
  timeout: -1,
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.once('disconnect', () => process.exit());
