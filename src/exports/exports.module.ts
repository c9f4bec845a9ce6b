import { Module } from '@nestjs/common';
import { ApplicantsModule } from '../applicants/applicants.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { ImagesModule } from '../images/images.module.js';
import { ExportErasure } from './export-erasure.service.js';
import { ExportFiles } from './export-files.service.js';
import { ExportJobs } from './export-jobs.service.js';
import { ExportStream } from './export-stream.service.js';
import { ExportWriter } from './export-writer.service.js';
import { ExportsController } from './exports.controller.js';
import { Exports } from './exports.service.js';

@Module({
  imports: [ApplicantsModule, AuthModule, ImagesModule],
  controllers: [ExportsController],
  providers: [ExportErasure, ExportFiles, ExportJobs, Exports, ExportStream, ExportWriter],
  exports: [ExportErasure, ExportFiles, ExportStream],
})
export class ExportsModule {}
