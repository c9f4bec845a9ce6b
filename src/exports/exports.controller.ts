import { Readable } from 'node:stream';
import { Delete, Get, Post, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { ApiDoor } from '../auth/api-door.service.js';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import {
  Answers,
  AnswersNothing,
  ById,
  Lists,
  Operation,
  ValidBody,
  ValidQuery,
} from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import type { FastifyReply } from 'fastify';
import { PageQuery } from '../problem/page.dto.js';
import { ExportFiles } from './export-files.service.js';
import { CreateExportBody, ExportDto, ExportPageDto } from './exports.dto.js';
import { Exports } from './exports.service.js';
import { FORMATS } from './formats.js';

const BINARY = { schema: { type: 'string', format: 'binary' } } as const;

@ManagementController('exports', 'Management: exports')
@Scope('exports:write')
export class ExportsController {
  constructor(
    private readonly exports: Exports,
    private readonly files: ExportFiles,
    private readonly door: ApiDoor,
  ) {}

  @Post()
  @Operation(
    'Ask for a file of applicants',
    'The file is written in the background, from one snapshot; outages and restarts only delay it. Sensitive columns are masked ' +
      'unless the key has the scope `pii:read`; then every download needs that scope too. Who asks is recorded.',
  )
  @Answers(ExportDto, 202)
  @ProblemResponses('TOO_MANY_EXPORTS')
  async createExport(@ValidBody() body: CreateExportBody, @Caller() actor: Actor) {
    return this.exports.create(body, actor);
  }

  @Get()
  @Scope('exports:read')
  @Operation(
    'Exports that have not expired, newest first',
    'Exports of every key. Those that have expired are gone, with their files.',
  )
  @Lists(ExportPageDto)
  async listExports(@ValidQuery() page: PageQuery) {
    return this.exports.list(page);
  }

  @Get(':id')
  @Scope('exports:read')
  @Operation('One export, and how far it is', 'Ask again until `state` is `ready`, then download the file.')
  @Answers(ExportDto)
  async readExport(@ById('export') id: string) {
    return this.exports.find(id);
  }

  @Get(':id/file')
  @Scope('exports:read')
  @Operation(
    'The file of an export that is ready; the download is recorded',
    'A file with sensitive columns that are not masked also needs the scope `pii:read`.',
  )
  @ApiOkResponse({
    description: 'The bytes.',
    headers: {
      'Content-Disposition': { schema: { type: 'string' } },
      'Content-Length': { schema: { type: 'integer' } },
    },
    content: Object.fromEntries(Object.values(FORMATS).map(({ mediaType }) => [mediaType, BINARY])),
  })
  @ProblemResponses('EXPORT_NOT_READY', 'IMAGE_STORE_UNAVAILABLE')
  async downloadExport(@ById('export') id: string, @Caller() actor: Actor, @Res() reply: FastifyReply) {
    const { name, mediaType, bytes, chunks } = await this.files.open(id, actor, () =>
      this.door.again(reply.request, 'exports:read'),
    );
    return reply
      .headers({
        'content-type': mediaType,
        'content-length': bytes,
        'content-disposition': `attachment; filename="${name}"`,
      })
      .send(Readable.from(chunks, { objectMode: false }));
  }

  @Post(':id/cancel')
  @Operation('Stop an export that is not finished', 'For the key that asked for it, or `admin`.')
  @Answers(ExportDto)
  @ProblemResponses('CONFLICT')
  async cancelExport(@ById('export') id: string, @Caller() actor: Actor) {
    return this.exports.cancel(id, actor);
  }

  @Delete(':id')
  @Operation(
    'Delete an export and its file',
    'An unfinished one is stopped. A download that is under way ends early. For the key that asked for it, or `admin`.',
  )
  @AnswersNothing('It is gone.')
  async deleteExport(@ById('export') id: string, @Caller() actor: Actor) {
    await this.exports.remove(id, actor);
  }
}
