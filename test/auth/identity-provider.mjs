// An OpenID Connect provider on a free port of the loopback, with its own pages to log in: whoever comes by a name gets in.
// Arguments: the redirect URI, and the roles of everybody as JSON. A message {login, roles} on standard input changes them.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import Provider from 'oidc-provider';

const [redirectUri, given] = process.argv.slice(2);
const roles = new Map(Object.entries(JSON.parse(given)));
const server = createServer().listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      { client_id: 'rollcall', client_secret: 'known-to-the-provider', redirect_uris: [redirectUri] },
    ],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'], email: ['email'] },
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
  server.on('request', provider.callback());
  console.log(issuer);
});
for await (const line of createInterface({ input: process.stdin })) {
  const change = JSON.parse(line);
  roles.set(change.login, change.roles);
  console.log('changed');
}
