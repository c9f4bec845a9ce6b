import fastify, { type FastifyInstance } from 'fastify';
import { trustedProxies } from './trusted-proxies.js';

/** The address that Fastify sees, for one who connects from `peer`. */
async function seen(setting: string[], peer: string, forwarded?: string): Promise<string> {
  const server: FastifyInstance = fastify({ trustProxy: trustedProxies(setting) });
  server.get('/', (request) => ({ ip: request.ip }));
  const answer = await server.inject({
    url: '/',
    remoteAddress: peer,
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  });
  await server.close();
  return answer.json<{ ip: string }>().ip;
}

describe('whose X-Forwarded-For is believed', () => {
  test.each([
    ['nobody', [], '172.18.0.3', '203.0.113.9', '172.18.0.3'],
    ['a range', ['172.16.0.0/12'], '172.18.0.3', '203.0.113.9', '203.0.113.9'],
    ['a range that the peer is not of', ['10.0.0.0/8', '127.0.0.1'], '172.18.0.3', '1.2.3.4', '172.18.0.3'],
    ['one proxy', ['1'], '172.18.0.3', '203.0.113.9', '203.0.113.9'],
    ['one proxy, over IPv6', ['1'], '::ffff:172.18.0.3', '203.0.113.9', '203.0.113.9'],
    [
      'one proxy, and a client of the house that claims another',
      ['1'],
      '10.0.0.2',
      '1.2.3.4, 10.9.9.9',
      '10.9.9.9',
    ],
    ['one proxy, where two stand', ['1'], '10.0.0.2', '203.0.113.9, 10.0.0.1', '10.0.0.1'],
    ['two proxies', ['2'], '10.0.0.2', '1.2.3.4, 203.0.113.9, 10.0.0.1', '203.0.113.9'],
    ['a peer from outside, which is no proxy of ours', ['1'], '203.0.113.7', '1.2.3.4', '203.0.113.7'],
  ] as const)('%s', async (_what, setting, peer, forwarded, expected) => {
    expect(await seen([...setting], peer, forwarded)).toBe(expected);
  });

  test('one proxy that says nothing is itself the address', async () => {
    expect(await seen(['1'], '172.18.0.3')).toBe('172.18.0.3');
  });
});
