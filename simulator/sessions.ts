import { z } from 'zod';
import { type IssuedToken, Refusal, type Route } from './dialect.js';
import { readInput } from './input.js';

const onboarding = z.object({
  tenantId: z.string(),
  tenantSecret: z.string(),
  deviceId: z.string().optional(),
  correlationId: z.string().optional(),
  requestId: z.string().optional(),
  kycRequestTypeId: z.union([z.string(), z.number()]).optional(),
  userId: z.string().optional(),
  userName: z.string().optional(),
});
const authentication = z.object({
  tenantId: z.string(),
  tenantSecret: z.string(),
  applicantId: z.string(),
  // sic: this is how eNROLL publishes it
  levelOfTrutToken: z.string(),
});

/** The two calls that eNROLL publishes; the same in every dialect. */
export const SESSION_ROUTES: readonly Route[] = [
  {
    call: 'onboardingSession',
    method: 'POST',
    url: '/Onboarding/api/v1/Auth/GenerateOnboardingSessionToken',
    open: true,
    answer(asked, source) {
      const { tenantId, tenantSecret, correlationId, requestId } = readInput(onboarding, asked.body);
      const issued = source.startSession(tenantId, tenantSecret);
      source.expectEnrollment({ correlationId, requestId });
      return spell(issued);
    },
  },
  {
    call: 'authenticationSession',
    method: 'POST',
    url: '/api/v1/Auth/GenerateAuthRequestSessionToken',
    open: true,
    answer(asked, source) {
      const { tenantId, tenantSecret, applicantId } = readInput(authentication, asked.body);
      const issued = source.startSession(tenantId, tenantSecret);
      if (source.byApplicantId(applicantId) === undefined) throw new Refusal(404, 'no such applicant');
      return spell(issued);
    },
  },
];

function spell({ token, expiresAtMs }: IssuedToken): Record<string, unknown> {
  return { token, expirationDate: new Date(expiresAtMs).toISOString() };
}
