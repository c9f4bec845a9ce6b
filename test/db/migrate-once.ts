import { migrate } from '../../src/db/migrations.js';

process.stdout.write(`${JSON.stringify(await migrate(process.argv[2] ?? ''))}\n`);
