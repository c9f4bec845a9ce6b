import { Module } from '@nestjs/common';
import { Versions } from './versions.service.js';

@Module({
  providers: [Versions],
  exports: [Versions],
})
export class ApplicantsModule {}
