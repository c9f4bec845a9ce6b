import { Injectable } from '@nestjs/common';
import type { Actor } from '../auth/auth.types.js';
import type { ApplicantItemDto } from './applicants.dto.js';
import { Applicants } from './applicants.service.js';
import { RevealGrants } from './reveal-grants.service.js';
import type { RevealBody, RevealedDto, RevealRequestDto } from './reveals.dto.js';
import type { RevealableField } from './reveals.types.js';

/** Shows single fields of one applicant to somebody who gives a reason. */
@Injectable()
export class Reveals {
  constructor(
    private readonly applicants: Applicants,
    private readonly grants: RevealGrants,
  ) {}

  /**
   * The fields as they are; or the request for them, where a second person has to approve it first.
   * @throws Problem TOO_MANY_REQUESTS, NOT_FOUND, AUDIT_UNAVAILABLE, REVEAL_NOT_APPROVED
   */
  async reveal(
    asked: string,
    { requestId, reason, ...body }: RevealBody,
    actor: Actor,
  ): Promise<RevealedDto | RevealRequestDto> {
    await this.grants.count(actor);
    const applicant = await this.applicants.unmasked(asked);
    const { applicantId, version } = applicant;
    const fields = [...body.fields].sort();
    const question = { applicantId, fields, image: null, quarantineId: null, reason, askedBy: actor.name };
    const deed = { action: 'applicant.reveal', detail: { fields, version } } as const;
    const waiting = await this.grants.grant(question, requestId, deed);
    if (waiting !== undefined) return waiting;
    return {
      applicantId,
      version,
      fields: Object.fromEntries(body.fields.map((field) => [field, valueOf(applicant, field)])),
    };
  }
}

function valueOf(applicant: ApplicantItemDto, field: RevealableField): unknown {
  return field === 'birthDate' ? applicant.derived.birthDate : applicant[field];
}
