import react from '@vitejs/plugin-react';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';
import { helpPages } from './help.mjs';

/** The server puts its own value of each answer in this place. */
const NONCE = '{{nonce}}';
/** What every page needs of the libraries: in one file it is a tenth smaller than in dozens. */
const LIBRARIES = [
  'react|react-dom|scheduler|react-router|i18next|react-i18next|@tanstack|openapi-fetch|clsx',
  '@floating-ui|tabbable|aria-hidden|react-remove-scroll|react-style-singleton|use-callback-ref|use-sidecar',
];
const OF_MANTINE = [
  'AppShell|Burger|NavLink|ScrollArea|Container|Center|Group|Stack|Collapse|Paper|Text|Title|Anchor|Badge|Alert|Skeleton',
  'UnstyledButton|Button|ActionIcon|CloseButton|Input|Loader|Menu|Popover|Portal|Tooltip|Floating|Overlay|FocusTrap|Transition',
];
const EVERYWHERE = new RegExp(
  `/node_modules/(${LIBRARIES.join('|')}|@mantine/core/esm/(core|components/(${OF_MANTINE.join('|')})))/`,
);
/** Over HTTP/1.1 a browser asks for six files at a time: a page that is made of seventy waits for them longer than for what is in them. */
const FEW_FILES = [
  { name: 'libraries', test: EVERYWHERE, priority: 2 },
  { name: 'start', test: (id) => !/(main\.tsx|index\.html)$/.test(id), tags: ['$initial'], priority: 1 },
  { name: 'shared', test: /\/(console\/src\/(components|api)|node_modules)\//, minShareCount: 6 },
];
const TEXT = /\.(js|css|svg)$/;

export default defineConfig(({ command }) => ({
  // Built files refer to each other, since a proxy may put a path in front of ours; the server completes index.html.
  base: command === 'build' ? './' : '/console/',
  plugins: [react(), helpPages(), zipped()],
  html: { cspNonce: NONCE },
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    assetsInlineLimit: 0, // the policy allows no data: fonts
    license: { fileName: 'licenses.md' },
    manifest: 'manifest.json', // which file needs which: scripts/console-sizes.mjs
    modulePreload: { polyfill: false },
    target: 'es2022',
    chunkSizeWarningLimit: 700, // of the libraries; test/console/sizes.spec.ts judges
    rolldownOptions: { output: { codeSplitting: { groups: FEW_FILES } } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000', '/docs': 'http://127.0.0.1:3000' } },
}));

/** Compresses once what each browser would otherwise have compressed for it. */
function zipped() {
  return {
    name: 'zipped',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle).filter((name) => TEXT.test(name))) {
        writeFileSync(join(dir, `${name}.gz`), gzipSync(readFileSync(join(dir, name)), { level: 9 }));
      }
    },
  };
}
