import './typescript.mjs';

/** One server for the whole run, shared with runs beside this one; jest's own loader cannot resolve our imports here. */
export default async function setUp() {
  const { openTestServer } = await import('./server.ts');
  globalThis.rollcallTestServer = await openTestServer();
}
