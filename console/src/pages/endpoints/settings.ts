import type { CreateEndpointBody, EndpointDetailDto, UpdateEndpointBody } from '@schema';

type Body = Required<CreateEndpointBody>;

/** Types of events, in the words of the API: whoever receives them reads these. */
export const EVENTS = [
  'applicant.created',
  'applicant.updated',
  'applicant.outcome_changed',
  'applicant.flagged',
  'applicant.images_ready',
  'applicant.erased',
] as const satisfies Body['events'];

export const OUTCOMES = ['accepted', 'rejected', 'conflict', 'unknown'] as const satisfies Body['outcomes'];

/** Fields that an event may carry; the first ones are shown to few. */
export const PERSONAL_FIELDS = [
  'firstName',
  'familyName',
  'idNumber',
  'documentNumber',
  'phoneNumbers',
  'emails',
  'address',
  'state',
] as const satisfies Body['fields'];

export const OTHER_FIELDS = [
  'status',
  'gender',
  'nationality',
  'documentTypeCode',
  'issueDate',
  'issuingAuthority',
  'livePhotoPath',
  'photo',
  'idFrontScanPath',
  'idBackScanPath',
  'passportScanPath',
] as const satisfies Body['fields'];

/** What the form holds. */
export interface Settings extends Pick<Body, 'name' | 'kind' | 'url' | 'subject' | 'credentials'> {
  events: Body['events'];
  outcomes: Body['outcomes'];
  fields: Body['fields'];
  /** As typed; empty: no limit. */
  rate: string;
}

export const NEW_ENDPOINT: Settings = {
  name: '',
  kind: 'http',
  url: '',
  subject: '',
  credentials: '',
  events: [],
  outcomes: [],
  fields: [],
  rate: '',
};

export function settingsOf(endpoint: EndpointDetailDto): Settings {
  const { name, kind, url, subject, events, outcomes, fields, ratePerSecond } = endpoint;
  return {
    ...{ name, kind, url, subject: subject ?? '', credentials: '', events, outcomes, fields },
    rate: ratePerSecond === null ? '' : String(ratePerSecond),
  };
}

export function createBody(settings: Settings): CreateEndpointBody {
  const { name, kind, url, subject, credentials, events, outcomes, fields, rate } = settings;
  const ofNats = {
    ...(subject.trim() !== '' && { subject: subject.trim() }),
    ...(credentials !== '' && { credentials }),
  };
  return {
    ...{ name: name.trim(), kind, url: url.trim(), events, outcomes, fields, ratePerSecond: rateOf(rate) },
    ...(kind === 'nats' && ofNats),
  };
}

/** What has changed alone, so that another's change of something else stays. The kind stays as it is. */
export function updateBody(before: Settings, settings: Settings): UpdateEndpointBody {
  const then = createBody(before);
  const changed = Object.entries(createBody(settings)).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(then[name as keyof typeof then]),
  );
  return Object.fromEntries(changed);
}

function rateOf(typed: string): number | null {
  return typed === '' ? null : Number(typed);
}
