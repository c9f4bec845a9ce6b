import { Module } from '@nestjs/common';
import { join } from 'node:path';
import { projectRoot } from '../config/root.js';
import { ConsoleController } from './console.controller.js';
import { ConsoleFiles } from './console-files.js';

@Module({
  controllers: [ConsoleController],
  providers: [
    { provide: ConsoleFiles, useFactory: () => new ConsoleFiles(join(projectRoot, 'dist', 'console')) },
  ],
})
export class ConsoleModule {}
