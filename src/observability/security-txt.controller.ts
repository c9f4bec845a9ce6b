import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Config } from '../config/config.js';
import { Problem } from '../problem/problem.js';

/** RFC 9116, 2.5.5 recommends less than a year. As the file is written anew for each request, it never gets old. */
const VALID_MS = 30 * 86_400_000;

/** Whom to tell of a weakness in this installation (RFC 9116). */
@ApiExcludeController()
@Controller('.well-known/security.txt')
export class SecurityTxtController {
  constructor(private readonly config: Config) {}

  /** @throws Problem NOT_FOUND without ROLLCALL_SECURITY_CONTACT */
  @Get()
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'public, max-age=86400')
  read(): string {
    const { publicUrl, env } = this.config;
    const contact = env.ROLLCALL_SECURITY_CONTACT;
    if (contact === undefined) throw new Problem('NOT_FOUND');
    const expires = new Date(Date.now() + VALID_MS).toISOString();
    // RFC 9116, 2.5.2: a web URI of this file begins with https://
    const canonical = publicUrl.startsWith('https:')
      ? `Canonical: ${publicUrl}/.well-known/security.txt\n`
      : '';
    return `Contact: ${contact}\nExpires: ${expires}\n${canonical}`;
  }
}
