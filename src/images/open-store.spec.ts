/** @jest-environment-options {"keepsModules": false} */
import { ConfigError, loadConfig } from '../config/config.js';
import { openStore } from './open-store.js';

const withStore = (ROLLCALL_IMAGE_STORE: string) =>
  openStore(loadConfig({ NODE_ENV: 'test', ROLLCALL_IMAGE_STORE }));

// npm ci --omit=optional
jest.mock('@aws-sdk/client-s3', () => {
  throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
});

describe('without the optional package for S3', () => {
  it('s3:// ends the boot, naming the setting and the package', async () => {
    const opening = withStore('s3://images');
    await expect(opening).rejects.toThrow(ConfigError);
    await expect(opening).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      faults: [{ name: 'ROLLCALL_IMAGE_STORE', message: expect.stringContaining('@aws-sdk/client-s3') }],
    });
  });

  it('disk needs nothing of it', async () => {
    expect((await withStore('disk')).kind).toBe('disk');
  });
});
