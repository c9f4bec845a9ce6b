import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { createBirpc } from 'birpc';
import { Config } from '../config/config.js';
import { tryAddressesPatiently } from '../config/connecting.js';
import { openKeyRing } from '../crypto/open-key-ring.js';
import { Sealer } from '../crypto/sealer.js';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import { createLogger, logWarnings, PinoNestLogger } from '../observability/logger.js';
import { fetchImages, type FetchTools } from './fetch.js';
import type { FetchOwner, FetchProcess } from './fetch-process.types.js';
import { openStore } from './open-store.js';
import { SealedImageStore } from './sealed-image-store.js';

/**
 * The process in which images are asked for, decoded, hashed, sealed and stored; see docs/adr/0007-images-by-a-process-of-their-own.md.
 * It holds nothing that its owner needs: it ends with its owner, whatever ends that, and not by a signal to both.
 */
tryAddressesPatiently();
let tools: FetchTools | undefined;
const underWay = new Map<number, AbortController>();

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
  async fetch(id, claimed) {
    if (tools === undefined) throw new Error('fetch before open');
    const leaving = new AbortController();
    underWay.set(id, leaving);
    try {
      return await fetchImages(tools, claimed, leaving.signal);
    } finally {
      underWay.delete(id);
    }
  },
  abort: (id) => underWay.get(id)?.abort(),
};

const owner = createBirpc<FetchOwner, FetchProcess>(calls, {
  // an owner that has just gone hears nothing, and `disconnect` ends this process
  post: (message) => process.send?.(message, undefined, undefined, () => undefined),
  on: (listener) => process.on('message', listener),
  timeout: -1,
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.once('disconnect', () => process.exit());
