import { loadConfig } from '../../src/config/config.js';
import { openDatabase } from '../../src/db/open-database.js';

/** Opens the embedded database of ROLLCALL_DATA_DIR, says so, and holds it until told to stop. */
const database = await openDatabase(loadConfig());
const forever = setInterval(() => undefined, 1000);
process.once('SIGTERM', () => {
  clearInterval(forever);
  void database.stop();
});
// ends without stop(), as an uncaught error would
process.once('SIGUSR2', () => process.exit(1));
process.stdout.write(`${JSON.stringify({ url: database.url })}\n`);
