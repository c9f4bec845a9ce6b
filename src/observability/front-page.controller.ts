import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Config } from '../config/config.js';
import { frontPage, FRONT_PAGE_POLICY } from './front-page.js';

/** Where somebody lands who opens the server in a browser. Made once: anybody may ask for it. */
@ApiExcludeController()
@Controller()
export class FrontPageController {
  private readonly page: string;

  constructor(config: Config) {
    this.page = frontPage({
      docs: config.opens('docs'),
      metrics: config.opens('metrics'),
      contact: config.env.ROLLCALL_SECURITY_CONTACT !== undefined,
    });
  }

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', FRONT_PAGE_POLICY)
  @Header('cache-control', 'no-cache')
  read(): string {
    return this.page;
  }
}
