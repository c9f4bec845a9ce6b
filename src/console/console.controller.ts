import { Controller, Get, Redirect, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';
import { Problem } from '../problem/problem.js';
import { pathOf } from '../problem/request-url.js';
import { ConsoleFiles } from './console-files.js';
import { ConsolePage, NOT_BUILT } from './console-page.js';

const ASSETS = '/console/assets/';
/** The name of each asset holds a hash of its content. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const GZIP = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i;

/** The web console: one page for every path below /console, and its files. It has no data: that comes from the API. */
@ApiExcludeController()
@Controller()
export class ConsoleController {
  private readonly page: ConsolePage | undefined;

  constructor(
    private readonly files: ConsoleFiles,
    config: Config,
  ) {
    const prefix = new URL(config.managementUrl).pathname.replace(/\/$/, '');
    const singleSignOn = config.env.ROLLCALL_OIDC_ISSUER !== undefined;
    this.page = files.page === undefined ? undefined : new ConsolePage(files.page, { prefix, singleSignOn });
  }

  @Get(['console', 'console/*'])
  read(@Res() reply: FastifyReply): FastifyReply {
    void reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
    if (this.page === undefined) return reply.code(503).send(NOT_BUILT);
    const { html, policy } = this.page.render();
    return reply.header('content-security-policy', policy).send(html);
  }

  /** A file of an older or newer release is missing here: the page would be no script, and break the console without a word. */
  @Get(['console/assets', 'console/assets/*'])
  readAsset(@Req() { url, headers }: FastifyRequest, @Res() reply: FastifyReply): FastifyReply {
    const file = this.files.asset(pathOf(url).slice(ASSETS.length));
    if (file === undefined) throw new Problem('NOT_FOUND', 'There is no such file in this release');
    void reply.type(file.type).header('cache-control', FOR_EVER);
    if (file.zipped === undefined) return reply.send(file.bytes);
    void reply.header('vary', 'accept-encoding');
    if (!GZIP.test(headers['accept-encoding'] ?? '')) return reply.send(file.bytes);
    return reply.header('content-encoding', 'gzip').send(file.zipped);
  }

  /** The link of an invitation: browsers take its fragment along. Relative, as a proxy may put a path in front of ours. */
  @Get('invite')
  @Redirect('console/invite', 302)
  invite(): void {}
}
