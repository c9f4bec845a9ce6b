import { type Browser, chromium } from 'playwright-core';
import { packedChromium } from './chromium.js';

/**
 * A browser without a window: the one that npm has brought, or the Chrome of this machine. Fails where there is neither, since a
 * console that no browser has opened is not tested.
 * @param args more of them
 */
export async function openBrowser(args: string[] = []): Promise<Browser> {
  const packed = await packedChromium();
  return chromium.launch({
    ...(packed === undefined
      ? { channel: 'chrome' }
      : { executablePath: packed.executablePath, env: { ...process.env, ...packed.env } }),
    args: [
      '--headless=shell',
      '--no-sandbox',
      '--no-zygote',
      '--disable-gpu',
      '--font-render-hinting=none',
      ...args,
    ],
  });
}
