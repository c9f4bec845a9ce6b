import { parse } from 'node:querystring';

/** Where a client may put its id and secret (M1). */
type Place = 'body' | 'basic' | 'headers';

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Header values by lower-case name, one item per occurrence (`IncomingMessage.headersDistinct`). */
export type DistinctHeaders = Readonly<Record<string, readonly string[] | undefined>>;

/** A token request as it came in. */
export interface TokenRequest {
  readonly headers: DistinctHeaders;
  /** Parameters of the URL's query. */
  readonly query: unknown;
  /** Parameters by name, repeated ones as arrays; or the form as text or bytes; undefined where nothing was sent. */
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
      readonly basicUsed: boolean;
      /** The scope that was asked for. */
      readonly scope: string | undefined;
    }
  | { readonly result: 'none'; readonly basicUsed: boolean }
  | Refused;

type Form = Readonly<Record<string, string | string[] | undefined>>;
type Part = Partial<Credentials>;
type Places = Record<Place, Part[]>;

const FORM = 'application/x-www-form-urlencoded';
const GRANT = 'client_credentials';
/** Where a request gives its credentials in several, they are equal, and the first of these counts. */
const PLACES: readonly Place[] = ['body', 'basic', 'headers'];
const PARAMETERS = ['client_id', 'client_secret', 'grant_type', 'scope'];
const ID_HEADERS = ['client_id', 'client-id', 'x-client-id'];
const SECRET_HEADERS = ['client_secret', 'client-secret', 'x-client-secret'];
const SINGLE_HEADERS = ['authorization', ...ID_HEADERS, ...SECRET_HEADERS];
const BASIC_SCHEME = /^basic(?: |$)/i;
const BASIC = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i;

/**
 * Reads id and secret wherever the contract lets them be: form body, HTTP Basic, raw headers. The same ones in two
 * places are fine, different ones are refused, and so are the query string and bodies that are no form (M1).
 */
export function readTokenRequest({ headers, query, body }: TokenRequest): TokenDemand {
  if (PARAMETERS.some((name) => name in Object(query))) {
    return refused('The parameters of a token request belong in the form body, not in the URL');
  }
  const form = readForm(headers, body);
  if (form === undefined) return refused(`The body must be ${FORM}`, 415);
  if (isRepeated(headers, form)) return refused('A parameter is given more than once');
  const places: Places = {
    body: [{ clientId: text(form.client_id), clientSecret: text(form.client_secret) }],
    basic: [],
    headers: rawHeaderParts(headers),
  };
  const elsewhere = [...places.body, ...places.headers];
  const basicUsed = usesBasic(headers);
  places.basic = readBasic(headers).filter((reading) => agree([...elsewhere, reading]));
  // a Basic header whose content nobody knows differs from whatever else was given
  const basicDiffers = basicUsed && places.basic.length === 0 && elsewhere.some(isGiven);
  if (basicDiffers || !agree(elsewhere)) return refused('Credentials are given in two places and differ');
  const grant = text(form.grant_type);
  if (grant === undefined) return refused('The parameter grant_type is missing');
  if (grant !== GRANT) {
    return { ...refused(`The only grant_type here is ${GRANT}`), error: 'unsupported_grant_type' };
  }
  return demand(places, basicUsed, text(form.scope));
}

/**
 * Id and secret of `Authorization: Basic`, in each way they may be meant: form-decoded, as RFC 6749, 2.3.1 has them
 * encoded, and as they stand, as `curl -u` and many libraries send them. Empty where there are none that can be read.
 */
function readBasic(headers: DistinctHeaders): Part[] {
  const [, encoded] = BASIC.exec(headers.authorization?.[0] ?? '') ?? [];
  const pair = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon === -1) return [];
  // The first colon parts them: an id holds none (it would be encoded as %3A), a secret may hold many.
  const [id, secret] = [pair.slice(0, colon), pair.slice(colon + 1)];
  const decoded = { clientId: formDecode(id), clientSecret: formDecode(secret) };
  const bare = { clientId: text(id), clientSecret: text(secret) };
  return agree([decoded, bare]) ? [decoded] : [decoded, bare];
}

/** Id and secret of the raw headers that eNROLL's guide may mean by "sent in the header of request". */
function readRawHeaders(headers: DistinctHeaders): Part {
  return { clientId: firstOf(headers, ID_HEADERS), clientSecret: firstOf(headers, SECRET_HEADERS) };
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

function usesBasic(headers: DistinctHeaders): boolean {
  return BASIC_SCHEME.test(headers.authorization?.[0] ?? '');
}

/** Every spelling on its own, so that `client_id` and `x-client-id` are compared too; the pair they make together last. */
function rawHeaderParts(headers: DistinctHeaders): Part[] {
  return [
    ...ID_HEADERS.map((name) => ({ clientId: text(headers[name]?.[0]) })),
    ...SECRET_HEADERS.map((name) => ({ clientSecret: text(headers[name]?.[0]) })),
    readRawHeaders(headers),
  ];
}

function isGiven({ clientId, clientSecret }: Part): boolean {
  return clientId !== undefined || clientSecret !== undefined;
}

function agree(parts: readonly Part[]): boolean {
  const ids = new Set(parts.flatMap(({ clientId }) => clientId ?? []));
  const secrets = new Set(parts.flatMap(({ clientSecret }) => clientSecret ?? []));
  return ids.size <= 1 && secrets.size <= 1;
}

function demand(places: Places, basicUsed: boolean, scope: string | undefined): TokenDemand {
  for (const place of PLACES) {
    const readings = places[place].filter(isWhole);
    if (readings.length > 0) return { result: 'credentials', readings, basicUsed, scope };
  }
  return { result: 'none', basicUsed };
}

function isWhole(part: Part): part is Credentials {
  return part.clientId !== undefined && part.clientSecret !== undefined;
}

function refused(description: string, status: 400 | 415 = 400): Refused {
  return { result: 'refused', error: 'invalid_request', status, description };
}

function firstOf(headers: DistinctHeaders, names: readonly string[]): string | undefined {
  return names.map((name) => text(headers[name]?.[0])).find((value) => value !== undefined);
}

/** RFC 6749, 3.2: a parameter without a value is one that was not sent. */
function text(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** So often an id may be encoded within itself, and is still counted as the same. */
const MAX_ENCODED = 3;

/**
 * What the readings of one id have in common, so that failures are counted under it wherever it stands: `a+b` in a form is
 * `a b` where HTTP Basic brings it bare, and is decoded.
 */
export function idToCount(clientId: string): string {
  let decoded = clientId;
  for (let n = 0; n < MAX_ENCODED; n++) decoded = formDecode(decoded) ?? '';
  return decoded;
}

/** `+` and `%XX` decoded; as it stands where it is no valid encoding, since many clients send the secret bare. */
function formDecode(value: string): string | undefined {
  try {
    return text(decodeURIComponent(value.replaceAll('+', ' ')));
  } catch {
    return text(value);
  }
}
