// An OpenID Connect provider on a free port of the loopback, with its own pages to log in: whoever comes by a name gets in.
// Arguments: the redirect URI, and the roles of everybody as JSON. Messages on standard input, a line of JSON each: {login, roles}
// changes them; {login, acr, amr} says how somebody logs in from now on; {server} is where Rollcall really listens; with {keep} the
// next log-out token is printed and not sent.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import Provider from 'oidc-provider';

const [redirectUri, given] = process.argv.slice(2);
const { origin } = new URL(redirectUri);
const roles = new Map(Object.entries(JSON.parse(given)));
const strengths = new Map();
let listensAt = origin;
let keeps = false;
const server = createServer().listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'rollcall',
        client_secret: 'known-to-the-provider',
        redirect_uris: [redirectUri],
        backchannel_logout_uri: `${origin}/api/v1/session/oidc/back-channel-logout`,
        backchannel_logout_session_required: true,
      },
    ],
    claims: {
      openid: ['sub', 'acr', 'amr'],
      profile: ['name', 'preferred_username', 'groups'],
      email: ['email'],
    },
    acrValues: ['password', 'two-factors'],
    features: { backchannelLogout: { enabled: true } },
    // its own options refuse the loopback
    fetch: (url, { method, headers, body }) => {
      if (!keeps) return fetch(String(url).replace(origin, listensAt), { method, headers, body });
      keeps = false;
      console.log(body.get('logout_token'));
      return new Response();
    },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: `${id} of the directory`,
        preferred_username: id,
        groups: roles.get(id) ?? [],
      }),
    }),
  });
  const finish = provider.interactionFinished.bind(provider);
  provider.interactionFinished = (request, response, result, options) => {
    const { login } = result;
    const strength = strengths.get(login?.accountId);
    return finish(
      request,
      response,
      login ? { ...result, login: { ...login, ...strength } } : result,
      options,
    );
  };
  server.on('request', provider.callback());
  console.log(issuer);
});
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.keep) keeps = true;
  if (message.server) listensAt = message.server;
  if (message.roles) roles.set(message.login, message.roles);
  if (message.acr) strengths.set(message.login, { acr: message.acr, amr: message.amr });
  console.log('changed');
}
