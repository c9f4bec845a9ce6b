import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../auth/auth.types.js';
import { BlindIndex } from '../crypto/blind-index.js';
import { nameKey } from '../enroll-contract/arabic-name.js';
import { Problem } from '../problem/problem.js';
import type { ApplicantPageDto } from './applicants.dto.js';
import { Applicants } from './applicants.service.js';
import { ExactLookup } from './exact-lookup.js';
import type { SearchApplicantsBody } from './list-applicants.dto.js';
import { SearchLimit } from './search-limit.service.js';

/** Searches by name or by a value. Searches are limited per API key, and recorded with keyed hashes of what was asked. */
@Injectable()
export class ApplicantSearch {
  constructor(
    private readonly applicants: Applicants,
    private readonly limit: SearchLimit,
    private readonly blindIndex: BlindIndex,
    private readonly audit: Audit,
  ) {}

  /** @throws Problem BAD_REQUEST, TOO_MANY_REQUESTS, BAD_CURSOR, SEARCH_TOO_SLOW */
  async search(body: SearchApplicantsBody, actor: Actor): Promise<ApplicantPageDto> {
    const asked = this.hashesOf(body);
    await this.limit.take(actor.name);
    const page = await this.applicants.search(body, actor);
    await this.audit.record(null, {
      actor: actor.name,
      action: 'applicant.search',
      subject: 'applicant:*',
      detail: { asked, goesOn: body.cursor !== undefined, found: page.items.length },
    });
    return page;
  }

  /** A keyed hash of each thing asked, the same for every spelling of it. */
  private hashesOf(body: SearchApplicantsBody): Record<string, string> {
    const exact = ExactLookup.of(body);
    if (body.q === undefined && exact === null) {
      throw new Problem('BAD_REQUEST', 'one of q, idNumber, phone, email, documentNumber must be given');
    }
    if (body.q !== undefined && exact !== null) {
      throw new Problem('BAD_REQUEST', 'q cannot be combined with an exact value');
    }
    const asked = exact === null ? [['q', nameKey(body.q)] as const] : exact.asked;
    return Object.fromEntries(asked.map(([kind, folded]) => [kind, this.hash(`${kind}|${folded}`)]));
  }

  private hash(text: string): string {
    return BigInt.asUintN(64, this.blindIndex.of('search', text)).toString(16).padStart(16, '0');
  }
}
