export default async function tearDown() {
  await globalThis.rollcallTestServer?.stop();
}
