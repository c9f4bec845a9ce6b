import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { TutorialModule } from './tutorial/tutorial.module.js';

/** Express' own limit of 100 kB is about 120 applicants. */
const BODY_LIMIT = '20mb';

/**
 * What the tutorials teach, to be measured beside the real server: NestJS on Express, class-validator in the pipe, a
 * string secret for the tokens, `save()` per applicant. It stores the row alone, in plain text.
 */
const app = await NestFactory.create<NestExpressApplication>(TutorialModule, { logger: ['error'] });
app.useBodyParser('json', { limit: BODY_LIMIT });
app.enableShutdownHooks();
await app.listen(Number(process.env.PORT), '127.0.0.1');
