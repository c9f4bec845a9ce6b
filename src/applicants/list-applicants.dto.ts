import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { Outcome } from '../enroll-contract/types.js';
import { PageQuery } from '../problem/page.dto.js';
import { OUTCOMES } from './applicants.dto.js';
import { OptionalInstant, OptionalLine, OptionalOneOf } from './fields.dto.js';

const INT4_MAX = 2 ** 31 - 1;

/** Values to find exactly; every spelling of a value finds the same. */
class ExactValues {
  @OptionalLine(128, 'National id, or number of another document.', '29703012357788')
  idNumber?: string;

  @OptionalLine(64, 'With or without the country code.', '01068282888')
  phone?: string;

  @OptionalLine(320, 'A mail address, in any spelling.', 'mona.hassan@example.com')
  email?: string;

  @OptionalLine(128, 'A document number, in any spelling.', 'IC1234567')
  documentNumber?: string;
}

/** Conditions on what is not sensitive, joined by *and*. */
export class ApplicantFilterDto {
  @OptionalOneOf(OUTCOMES, 'Only applicants with this outcome.')
  outcome?: Outcome;

  @ApiPropertyOptional({
    description: 'Only applicants with this status code of eNROLL.',
    type: 'integer',
    example: 4,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(-INT4_MAX)
  @Max(INT4_MAX)
  status?: number;

  @OptionalInstant('First received at or after.')
  receivedFrom?: string;

  @OptionalInstant('First received before.')
  receivedTo?: string;

  @OptionalLine(128, 'Only applicants of this nationality, as sent.', 'EGY')
  nationality?: string;

  @OptionalLine(128, 'Only applicants with this `documentTypeCode`.', 'EGY')
  documentType?: string;

  @OptionalLine(128, 'Only applicants with this flag.', 'nationalIdChecksum')
  flag?: string;
}

export class ListApplicantsQuery extends IntersectionType(PageQuery, ApplicantFilterDto) {
  @OptionalLine(
    128,
    'Your own key of the customer, as given when the session token was minted here. It finds the applicant once eNROLL has ' +
      'named the session of the application, seconds after its callback.',
    'customer-10017',
  )
  correlationId?: string;
}

/** A name, or values that must all match. */
export class SearchApplicantsBody extends IntersectionType(PageQuery, ExactValues, ApplicantFilterDto) {
  @OptionalLine(
    200,
    'A name in any spelling («احمد» finds «أحمد»), three letters or more, or a whole first name of two. Equal names come first, then names that begin with it, then names with a ' +
      'word that begins with each of its words. If there are none of these, names of which each word has at most one wrong ' +
      'letter. A name in Latin letters finds those in Arabic, too («Mohamed» finds «محمد»). Whoever was enrolled within the last ' +
      'seconds is not yet found by another spelling.',
    'احمد حسن',
  )
  q?: string;
}

export class AsOfQuery {
  @OptionalInstant('What was known at that time; without it, what is known now.')
  asOf?: string;
}
