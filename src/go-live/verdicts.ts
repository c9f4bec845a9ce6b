import { failed, ok, type Verdict } from './finding.types.js';
import { type Answer, wordOf } from './outside.js';

const PASS_URLS =
  'the proxy: pass /callbacks and all below it on as they are, with and without a slash at the end (nginx: location /callbacks)';
const PASS_BEARER =
  'the proxy: pass the header Authorization on, and let it ask for no password of its own (nginx: proxy_set_header Authorization $http_authorization; Apache: CGIPassAuth On)';
const PASS_UNDERSCORES =
  'the proxy: pass headers with an underscore on (nginx: underscores_in_headers on, in the server block)';
const PASS_BODIES =
  'the proxy: take larger bodies (nginx: client_max_body_size 16m; IIS: maxAllowedContentLength)';
const OUR_SIZE = 'ROLLCALL_MAX_BODY_BYTES';

/** How a client shows its id and secret at the token URL: nobody outside eNROLL knows which way its client takes. */
export type Way = 'form body' | 'Basic' | 'raw headers';

/** What an answer to a `Callback-Test` means (M3). @param bytes length of its body, of which Rollcall takes any */
export function testVerdict(answer: Answer, bytes = 0): Verdict {
  const { status, json, tookMs } = answer;
  if (status === 200 && json['test'] === true) return ok(`200 in ${tookMs} ms`);
  if (codeOf(answer) === 'TOKEN_MISSING') {
    return failed(
      '401: the header Callback-Test was dropped on the way',
      'the proxy: pass the header Callback-Test on',
    );
  }
  return refusal(answer, bytes);
}

/** What the answer to a token request means (M1). @param formWorks whether the id and the secret are right */
export function tokenVerdict(answer: Answer, way: Way, formWorks: boolean): Verdict {
  const { status, json, tookMs, headers } = answer;
  if (status === 200 && typeof json['access_token'] === 'string' && json['token_type'] === 'Bearer') {
    return ok(`a token for ${Number(json['expires_in'])} s, in ${tookMs} ms`);
  }
  if (status === 429) {
    const wait = `wait ${headers['retry-after'] ?? 'some'} seconds`;
    return failed('429: too many wrong attempts came from this address', wait);
  }
  if (json['error'] !== 'invalid_client') return refusal(answer);
  if (way === 'form body') {
    const fix =
      'the id and the secret that the check was given (the doctor: ROLLCALL_CLIENT_SECRET here), or a new secret: rollcall client rotate';
    return failed('401: client id or secret is wrong', fix);
  }
  if (!formWorks)
    return failed('401: client id or secret is wrong, or was dropped on the way', 'the form body first');
  return failed(
    '401: id and secret were dropped on the way',
    way === 'Basic' ? PASS_BEARER : PASS_UNDERSCORES,
  );
}

/** What the answer to an empty list means (M5, M7): by its length somebody on the way is found who cuts. */
export function callbackVerdict(answer: Answer, bytes: number): Verdict {
  const { status, json, tookMs } = answer;
  if (status === 200 && json['received'] === 0) {
    return ok(
      `200 to an empty list of ${sizeOf(bytes)} in ${tookMs} ms, receipt ${wordOf(json['receiptId']) ?? 'none'}`,
    );
  }
  const code = codeOf(answer);
  if (code === 'TOKEN_MISSING')
    return failed('401: the header Authorization was dropped on the way', PASS_BEARER);
  if (code === 'TOKEN_INVALID') {
    const found = '401: the token that was issued at this URL is refused at this URL';
    return failed(found, 'the proxy: lead /oauth/token and /callbacks to one installation');
  }
  if (status === 400) return failed(`400 (${code}): the body was cut or changed on the way`, PASS_BODIES);
  return refusal(answer, bytes);
}

/** What any other answer means. */
function refusal(answer: Answer, bytes = 0): Verdict {
  const { status } = answer;
  const code = codeOf(answer);
  const shown = code === 'none' ? String(status) : `${status} (${code})`;
  if (status === 413) {
    return failed(
      `${shown}: ${sizeOf(bytes)} are too many`,
      code === 'BODY_TOO_LARGE' ? OUR_SIZE : PASS_BODIES,
    );
  }
  if (code === 'ADDRESS_NOT_ALLOWED' || code === 'CLIENT_CERTIFICATE_REQUIRED') {
    const found = `${shown}: only others may call, as the settings say`;
    const fix = 'run the doctor where it may call: ROLLCALL_CALLBACK_ALLOW_CIDR, ROLLCALL_TLS_CLIENT_CA_FILE';
    return { status: 'unproven', found, fix };
  }
  // by its form the answer is ours
  if (code !== 'none') return failed(shown, 'see docs/errors.md, and the log of the server');
  return answerOfProxy(answer);
}

function answerOfProxy({ status, headers }: Answer): Verdict {
  if (status >= 300 && status < 400) {
    const to = wordOf(headers.location) ?? 'nowhere';
    return failed(`${status}: it redirects to ${to}, where eNROLL does not follow`, PASS_URLS);
  }
  if (status === 404 || status === 405) return failed(`${status}: nothing takes posts there`, PASS_URLS);
  if (status >= 502 && status <= 504) {
    const fix = 'start Rollcall, or lead the proxy to its PORT';
    return failed(`${status}: the proxy does not reach Rollcall`, fix);
  }
  return failed(`${status}, which is no answer of Rollcall`, 'the proxy: lead this URL to Rollcall');
}

export function sizeOf(bytes: number): string {
  return bytes < 1024 ? `${bytes} bytes` : `${Math.round((bytes / 1024 ** 2) * 100) / 100} MiB`;
}

function codeOf({ json }: Answer): string {
  return wordOf(json['code']) ?? wordOf(json['error']) ?? 'none';
}
