import { reasonOf } from '../db/errors.js';
import { failed, type Finding, ok, skipped, type Verdict, warning } from './finding.types.js';
import { whoAnswers } from './live-answer.types.js';
import { type Answer, Outside } from './outside.js';
import { callbackVerdict, sizeOf, testVerdict, tokenVerdict, type Way } from './verdicts.js';
import { checkWay } from './way.js';

/** What is known of the installation that should answer. */
export interface GoLive {
  /** Base URL of what eNROLL's panel has. */
  base: URL;
  credentials?: { clientId: string; clientSecret: string } | undefined;
  /** Id of the installation. */
  installation?: string | undefined;
  /** PEM of authorities to trust instead of the usual ones. */
  ca?: string | undefined;
  /** The largest body that Rollcall takes. */
  maxBodyBytes: number;
  now?: Date;
  /** Ends the request under way, and all that come after it. */
  signal?: AbortSignal;
}

/** More than proxies take unless they are told to. */
const OVER_THE_USUAL_LIMIT_BYTES = 1.25 * 1024 ** 2;
const BUFFERED_BYTES = 64 * 1024;
/** A proxy that refuses by the length answers before the body is sent. */
const REFUSES_WITHIN_MS = 300;
/** An answer that a proxy passes on takes as long as one that it waits for a body with. */
const PASSES_WITHIN_MS = 2_000;
const TEST = { 'callback-test': 'true' };
const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };
const GRANT = 'grant_type=client_credentials';

/**
 * Plays eNROLL from outside, and says what stands in its way. It leaves a record of each `Callback-Test`, and a receipt of an
 * empty list for each of the two URLs. The secret is sent only by a way that is encrypted, and where no stranger answers.
 */
export async function* goLive(target: GoLive): AsyncGenerator<Finding> {
  const { base, ca, installation, signal, now = new Date() } = target;
  const way = await checkWay(base, now, ca);
  yield* way.findings;
  if (!way.isOpen) {
    yield { check: 'all else', ...skipped('eNROLL would not call there either', 'the checks above first') };
    return;
  }
  const outside = new Outside(base, ca, signal);
  const who = await checking(outside.ask('/health/live', { method: 'GET' }), (answer) =>
    answer.status === 200 ? whoAnswers(answer.json, base.href, installation) : nobodyTells(answer.status),
  );
  yield { check: 'installation', ...who };
  for (const kind of ['success', 'fail']) {
    for (const path of [`/callbacks/${kind}`, `/callbacks/${kind}/`]) {
      const asked = outside.ask(path, { headers: { ...TEST, ...JSON_TYPE }, body: '[]' });
      yield { check: `Callback-Test ${path}`, ...(await checking(asked, testVerdict)) };
    }
  }
  yield* checkBodies(outside, target.maxBodyBytes);
  yield* checkCredentials(outside, target, way.isPrivate && who.status !== 'failed');
}

/** eNROLL does not need that path. */
function nobodyTells(status: number): Verdict {
  const found = `${status} from /health/live: nobody can tell which installation answers`;
  return { status: 'unproven', found, fix: 'the proxy: pass /health/live on to Rollcall' };
}

/** What a proxy does to bodies, found out by tests: Rollcall answers those before their body has come. */
async function* checkBodies(outside: Outside, maxBodyBytes: number): AsyncGenerator<Finding> {
  const post = (bytes: number, restAfterMs: number) =>
    outside.ask('/callbacks/success', {
      headers: { ...TEST, ...JSON_TYPE },
      body: Buffer.alloc(bytes, ' '),
      restAfterMs,
    });
  const fix = 'the proxy: pass bodies on as they come (nginx: proxy_request_buffering off)';
  const buffers = 'it keeps a body until it is whole, large ones in a file: personal data that nobody seals';
  const buffered = await checking(post(BUFFERED_BYTES, PASSES_WITHIN_MS), (answer) => {
    if (answer.status !== 200) return testVerdict(answer);
    return answer.isEarly ? ok('bodies are passed on as they come') : warning(buffers, fix);
  });
  yield { check: 'buffering', ...buffered };
  const largest = await checking(post(maxBodyBytes, REFUSES_WITHIN_MS), (answer) => {
    const verdict = testVerdict(answer, maxBodyBytes);
    return verdict.status === 'ok' ? ok(`${sizeOf(maxBodyBytes)} are let in`) : verdict;
  });
  yield { check: 'largest body', ...largest };
}

/** What needs the client's id and secret: the three ways to show them, and a callback at each URL with the token. */
async function* checkCredentials(outside: Outside, target: GoLive, isSafe: boolean): AsyncGenerator<Finding> {
  const { credentials } = target;
  const check = 'token';
  if (!isSafe) {
    yield { check, ...skipped('no secret is sent before the checks above are ok', 'see above') };
    return;
  }
  if (credentials === undefined) {
    const fix =
      'give the check its id and its secret; the doctor takes ROLLCALL_CLIENT_ID and ROLLCALL_CLIENT_SECRET, or --client-id and --secret-stdin';
    yield { check, ...skipped('the secret of the client is not known here', fix) };
    return;
  }
  let token: string | undefined;
  let formWorks = false;
  for (const [way, ask] of waysToShow(credentials)) {
    const verdict = await checking(outside.ask('/oauth/token', ask), (answer) => {
      const said = tokenVerdict(answer, way, formWorks);
      if (said.status === 'ok') token ??= String(answer.json['access_token']);
      return said;
    });
    if (way === 'form body') formWorks = verdict.status === 'ok';
    yield { check: `token, ${way}`, ...verdict };
  }
  if (token === undefined) return;
  const headers = { ...JSON_TYPE, authorization: `Bearer ${token}` };
  const bytes = Math.min(OVER_THE_USUAL_LIMIT_BYTES, target.maxBodyBytes);
  for (const [path, body] of [
    ['/callbacks/success', '[]'],
    ['/callbacks/fail', `[${' '.repeat(bytes - 2)}]`],
  ] as const) {
    const asked = outside.ask(path, { headers, body, restAfterMs: REFUSES_WITHIN_MS });
    yield {
      check: `callback ${path}`,
      ...(await checking(asked, (answer) => callbackVerdict(answer, body.length))),
    };
  }
}

function waysToShow({ clientId, clientSecret }: NonNullable<GoLive['credentials']>) {
  const form = new URLSearchParams({ client_id: clientId, client_secret: clientSecret }).toString();
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString(
    'base64',
  );
  return [
    ['form body', { headers: FORM_TYPE, body: `${GRANT}&${form}` }],
    ['Basic', { headers: { ...FORM_TYPE, authorization: `Basic ${basic}` }, body: GRANT }],
    [
      'raw headers',
      { headers: { ...FORM_TYPE, client_id: clientId, client_secret: clientSecret }, body: GRANT },
    ],
  ] satisfies [Way, Parameters<Outside['ask']>[1]][];
}

/** The verdict on an answer, or on none. */
async function checking(asked: Promise<Answer>, judge: (answer: Answer) => Verdict): Promise<Verdict> {
  try {
    return judge(await asked);
  } catch (error) {
    const fix = 'the log of the proxy, and of whatever stands before it';
    return failed(`no answer: ${reasonOf(error)}`, fix);
  }
}
