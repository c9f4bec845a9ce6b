import { parse } from 'node:querystring';

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Where a token request has its credentials. */
export type CredentialsPlace = 'form' | 'basic' | 'headers';

/** Header values by lower-case name, one item per occurrence (`IncomingMessage.headersDistinct`). */
export type DistinctHeaders = Readonly<Record<string, readonly string[] | undefined>>;

/** A token request as it came in. */
export interface TokenRequest {
  readonly headers: DistinctHeaders;
  /** Parameters of the URL's query. */
  readonly query: unknown;
  /** Parameters by name, repeated ones as arrays; or the form as text or bytes; undefined where there was none. */
  readonly body: unknown;
}

export interface Refused {
  readonly result: 'refused';
  readonly error: 'invalid_request' | 'unsupported_grant_type';
  readonly status: 400 | 415;
  readonly description: string;
}

/** What a token request asks for, before any secret is looked at. */
export type TokenDemand =
  | {
      readonly result: 'credentials';
      /** What the request may mean: one pair, or two where HTTP Basic reads differently once it is form-decoded. */
      readonly readings: readonly Credentials[];
      readonly credentialsIn: CredentialsPlace;
      readonly basicUsed: boolean;
      /** The requested scope. */
      readonly scope: string | undefined;
    }
  | { readonly result: 'none'; readonly basicUsed: boolean }
  | Refused;

type Form = Readonly<Record<string, string | string[] | undefined>>;
type Part = Partial<Credentials>;
type Places = [CredentialsPlace, Part[]][];

const FORM = 'application/x-www-form-urlencoded';
const GRANT = 'client_credentials';
const PARAMETERS = ['client_id', 'client_secret', 'grant_type', 'scope'];
const ID_HEADERS = ['client_id', 'client-id', 'x-client-id'];
const SECRET_HEADERS = ['client_secret', 'client-secret', 'x-client-secret'];
const SINGLE_HEADERS = ['authorization', ...ID_HEADERS, ...SECRET_HEADERS];
const BASIC_SCHEME = /^basic(?: |$)/i;
const BASIC = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i;

/**
 * Reads id and secret wherever the contract allows them: form body, HTTP Basic, raw headers. The same ones in two
 * places are fine. Different ones are refused, and so are the query string and bodies that are no form (M1).
 */
export function readTokenRequest({ headers, query, body }: TokenRequest): TokenDemand {
  if (PARAMETERS.some((name) => name in Object(query))) {
    return refused('The parameters of a token request belong in the form body, not in the URL');
  }
  const form = readForm(headers, body);
  if (form === undefined) return refused(`The body must be ${FORM}`, 415);
  if (isRepeated(headers, form)) return refused('A parameter is given more than once');
  const inForm = { clientId: text(form.client_id), clientSecret: text(form.client_secret) };
  const inHeaders = rawHeaderParts(headers);
  const elsewhere = [inForm, ...inHeaders];
  const basicUsed = BASIC_SCHEME.test(headers.authorization?.[0] ?? '');
  const basic = readBasic(headers).filter((reading) => agree([...elsewhere, reading]));
  // a Basic header that cannot be read differs from whatever else was given
  const basicDiffers = basicUsed && basic.length === 0 && elsewhere.some(isGiven);
  if (basicDiffers || !agree(elsewhere)) return refused('Credentials are given in two places and differ');
  const grant = text(form.grant_type);
  if (grant === undefined) return refused('The parameter grant_type is missing');
  if (grant !== GRANT) {
    return { ...refused(`The only grant_type here is ${GRANT}`), error: 'unsupported_grant_type' };
  }
  const places: Places = [
    ['form', [inForm]],
    ['basic', basic],
    ['headers', inHeaders],
  ];
  return demand(places, basicUsed, text(form.scope));
}

/** @param places where several of them give credentials these are equal, and the first place counts */
function demand(places: Places, basicUsed: boolean, scope: string | undefined): TokenDemand {
  const given = places
    .map(([credentialsIn, parts]) => ({ credentialsIn, readings: parts.filter(isWhole) }))
    .find(({ readings }) => readings.length > 0);
  if (given === undefined) return { result: 'none', basicUsed };
  return { result: 'credentials', ...given, basicUsed, scope };
}

/**
 * Id and secret of `Authorization: Basic` in each way they may be meant: form-decoded, as RFC 6749, 2.3.1 wants them
 * sent, and as they stand, as `curl -u` and many libraries send them. Empty where nothing can be read.
 */
function readBasic(headers: DistinctHeaders): Part[] {
  const [, encoded] = BASIC.exec(headers.authorization?.[0] ?? '') ?? [];
  const pair = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon === -1) return [];
  // The first colon separates them: an id holds none (it would be encoded as %3A), a secret may hold many.
  const [id, secret] = [pair.slice(0, colon), pair.slice(colon + 1)];
  const decoded = { clientId: formDecode(id), clientSecret: formDecode(secret) };
  const bare = { clientId: text(id), clientSecret: text(secret) };
  return agree([decoded, bare]) ? [decoded] : [decoded, bare];
}

/** The parameters of the form; undefined where the body is something else. */
export function readForm(headers: DistinctHeaders, body: unknown): Form | undefined {
  const mediaType = headers['content-type']?.[0]?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType !== undefined && mediaType !== FORM) return undefined;
  if (body === undefined || body === null) return {};
  if (mediaType === undefined) return undefined;
  if (typeof body === 'string') return parse(body);
  if (body instanceof Uint8Array) return parse(Buffer.from(body).toString('utf8'));
  return body as Form;
}

function isRepeated(headers: DistinctHeaders, form: Form): boolean {
  return (
    SINGLE_HEADERS.some((name) => (headers[name]?.length ?? 0) > 1) || Object.values(form).some(Array.isArray)
  );
}

/**
 * The raw headers that eNROLL's guide may mean by "sent in the header of request": every spelling on its own, so that
 * `client_id` and `x-client-id` are compared too, and last the pair that they make together.
 */
function rawHeaderParts(headers: DistinctHeaders): Part[] {
  const ids = ID_HEADERS.map((name) => ({ clientId: text(headers[name]?.[0]) }));
  const secrets = SECRET_HEADERS.map((name) => ({ clientSecret: text(headers[name]?.[0]) }));
  return [...ids, ...secrets, { ...ids.find(isGiven), ...secrets.find(isGiven) }];
}

function isGiven({ clientId, clientSecret }: Part): boolean {
  return clientId !== undefined || clientSecret !== undefined;
}

function agree(parts: readonly Part[]): boolean {
  const ids = new Set(parts.flatMap(({ clientId }) => clientId ?? []));
  const secrets = new Set(parts.flatMap(({ clientSecret }) => clientSecret ?? []));
  return ids.size <= 1 && secrets.size <= 1;
}

function isWhole(part: Part): part is Credentials {
  return part.clientId !== undefined && part.clientSecret !== undefined;
}

function refused(description: string, status: 400 | 415 = 400): Refused {
  return { result: 'refused', error: 'invalid_request', status, description };
}

/** RFC 6749, 3.2: a parameter without a value counts as not sent. */
function text(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An id that is encoded this many times over still counts as the same. */
const MAX_ENCODED = 3;

/**
 * What all readings of one id have in common, so that its failures are counted once, wherever it stands: `a+b` of a form
 * is decoded to `a b` where HTTP Basic brings it.
 */
export function idToCount(clientId: string): string {
  let decoded = clientId;
  for (let n = 0; n < MAX_ENCODED; n++) decoded = formDecode(decoded) ?? '';
  return decoded;
}

/** Decodes `+` and `%XX`. Text that is no valid encoding stays as it is: many clients send the secret bare. */
function formDecode(value: string): string | undefined {
  try {
    return text(decodeURIComponent(value.replaceAll('+', ' ')));
  } catch {
    return text(value);
  }
}
