import { Readable } from 'node:stream';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import type { ActorRequest } from '../auth/auth.types.js';
import { UUID_OR_404 } from '../problem/id.pipe.js';
import { PageQuery } from '../problem/page.dto.js';
import { BODY_PROBLEMS, MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_BODY, VALID_QUERY } from '../problem/valid.pipe.js';
import { ExportDownloads } from './export-downloads.service.js';
import { CreateExportBody, ExportDto, ExportPageDto } from './exports.dto.js';
import { Exports } from './exports.service.js';
import { FORMATS } from './formats.js';

const ID = ApiParam({ name: 'id', format: 'uuid', example: '0d7a4b0e-9a55-4c1c-92f0-a9d15f2b7c1e' });
const BINARY = { schema: { type: 'string', format: 'binary' } } as const;

@ApiTags('Management: exports')
@ApiBearerAuth('apiKey')
@ProblemResponses(...MANAGEMENT_PROBLEMS)
@UseGuards(ApiKeyGuard)
@RequiresScope('exports:write')
@Controller('api/v1/exports')
export class ExportsController {
  constructor(
    private readonly exports: Exports,
    private readonly downloads: ExportDownloads,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    operationId: 'createExport',
    summary: 'Ask for a file of applicants',
    description:
      'It is written in the background, from one snapshot, and outlives outages and restarts. Sensitive columns are masked ' +
      'unless the key has the scope `pii:read`; then every download takes that scope too. Who asks is recorded.',
  })
  @ApiAcceptedResponse({ type: ExportDto })
  @ProblemResponses(...BODY_PROBLEMS, 'TOO_MANY_EXPORTS')
  async create(@Body(VALID_BODY) body: CreateExportBody, @Req() { actor }: ActorRequest) {
    return this.exports.create(body, actor);
  }

  @Get()
  @RequiresScope('exports:read')
  @ApiOperation({ operationId: 'listExports', summary: 'Exports that have not expired, newest first' })
  @ApiOkResponse({ type: ExportPageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'BAD_CURSOR')
  async list(@Query(VALID_QUERY) page: PageQuery) {
    return this.exports.list(page);
  }

  @Get(':id')
  @RequiresScope('exports:read')
  @ID
  @ApiOperation({ operationId: 'readExport', summary: 'One export, and how far it is' })
  @ApiOkResponse({ type: ExportDto })
  @ProblemResponses('NOT_FOUND')
  async read(@Param('id', UUID_OR_404) id: string) {
    return this.exports.find(id);
  }

  @Get(':id/file')
  @RequiresScope('exports:read')
  @ID
  @ApiOperation({
    operationId: 'downloadExport',
    summary: 'The file of an export that is ready; the download is recorded',
    description: 'A file with sensitive columns that are not masked takes the scope `pii:read` besides.',
  })
  @ApiOkResponse({
    description: 'The bytes.',
    headers: {
      'Content-Disposition': { schema: { type: 'string' } },
      'Content-Length': { schema: { type: 'integer' } },
    },
    content: Object.fromEntries(Object.values(FORMATS).map(({ mediaType }) => [mediaType, BINARY])),
  })
  @ProblemResponses('NOT_FOUND', 'EXPORT_NOT_READY', 'IMAGE_STORE_UNAVAILABLE')
  async download(
    @Param('id', UUID_OR_404) id: string,
    @Req() { actor }: ActorRequest,
    @Res() reply: FastifyReply,
  ) {
    const { name, mediaType, bytes, chunks } = await this.downloads.open(id, actor);
    return reply
      .headers({
        'content-type': mediaType,
        'content-length': bytes,
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'private, no-store',
      })
      .send(Readable.from(chunks, { objectMode: false }));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ID
  @ApiOperation({
    operationId: 'cancelExport',
    summary: 'Stop an export that is not over',
    description: 'For the key that asked for it, or `admin`.',
  })
  @ApiOkResponse({ type: ExportDto })
  @ProblemResponses('NOT_FOUND', 'CONFLICT')
  async cancel(@Param('id', UUID_OR_404) id: string, @Req() { actor }: ActorRequest) {
    return this.exports.cancel(id, actor);
  }

  @Delete(':id')
  @HttpCode(204)
  @ID
  @ApiOperation({
    operationId: 'deleteExport',
    summary: 'Forget an export, and its file with it',
    description:
      'One that is not over is stopped. A download that is under way ends early. For the key that asked for it, or `admin`.',
  })
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ProblemResponses('NOT_FOUND')
  async remove(@Param('id', UUID_OR_404) id: string, @Req() { actor }: ActorRequest) {
    await this.exports.remove(id, actor);
  }
}
