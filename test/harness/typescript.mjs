import { register } from 'node:module';

/** Lets plain Node run our TypeScript: `node --import ./test/harness/typescript.mjs src/cli/main.ts`. */
register('./typescript-loader.mjs', import.meta.url);
