import fastify from 'fastify';
import { addressOf, canonicalAddress, networkOf, isWithin } from './address.js';

describe('an address as it is written', () => {
  test.each([
    ['203.0.113.9', '203.0.113.9'],
    [' 203.0.113.9 ', '203.0.113.9'],
    ['203.0.113.9:51234', '203.0.113.9'],
    ['"203.0.113.9:51234"', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:cb00:7109', '203.0.113.9'],
    ['[::ffff:203.0.113.9]:51234', '203.0.113.9'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['"[2001:db8::1]:443"', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['for=203.0.113.9', '203.0.113.9'],
    ['For="[2001:db8::1]:443";proto=https;by=10.0.0.1', '2001:db8::1'],
    ['proto=https; for=203.0.113.9:80', '203.0.113.9'],
  ])('%s is %s', (written, address) => {
    expect(canonicalAddress(written)).toBe(address);
  });

  test.each([
    '',
    'unknown',
    '_hidden',
    'for=unknown',
    'localhost',
    '010.1.1.1',
    '1.2.3',
    '1.2.3.4.5:6',
    '[]:80',
    '[1.2',
  ])('%s is none', (written) => expect(canonicalAddress(written)).toBeUndefined());

  test('the addresses of an IPv6 network count as one', () => {
    expect(networkOf('2001:db8:1:2:ffff::1')).toBe(networkOf('2001:db8:1:2::9'));
    expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf('2001:db8:1:2::9'));
    expect(networkOf('203.0.113.9')).toBe('203.0.113.9');
  });
});

/** The address that counts for one who connects from `peer`. */
async function seen(setting: string[], peer: string, forwarded?: string): Promise<string> {
  const server = fastify({ trustProxy: isWithin(setting) });
  server.get('/', (request) => ({ address: addressOf(request) }));
  const answer = await server.inject({
    url: '/',
    remoteAddress: peer,
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  });
  await server.close();
  return answer.json<{ address: string }>().address;
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

describe('whose X-Forwarded-For is believed', () => {
  test.each([
    ['nobody', [], '172.18.0.3', '203.0.113.9', '172.18.0.3'],
    ['a range', PRIVATE, '172.18.0.3', '203.0.113.9', '203.0.113.9'],
    ['a range, over IPv6', PRIVATE, '::ffff:172.18.0.3', '203.0.113.9', '203.0.113.9'],
    ['a range of IPv6', ['fd00::/8'], 'fd00::3', '[2001:db8::1]:443', '2001:db8::1'],
    ['one address', ['127.0.0.1'], '127.0.0.1', '203.0.113.9:1', '203.0.113.9'],
    ['a range that the peer is not of', ['10.0.0.0/8', '127.0.0.1'], '172.18.0.3', '1.2.3.4', '172.18.0.3'],
    ['a peer from outside', PRIVATE, '203.0.113.7', '1.2.3.4', '203.0.113.7'],
    ['two hops with ports', PRIVATE, '10.0.0.2', '1.2.3.4, 203.0.113.9:1, 10.0.0.1:2', '203.0.113.9'],
    ['a hop in IPv6 clothes', PRIVATE, '10.0.0.2', '203.0.113.9, [::ffff:10.0.0.1]:2', '203.0.113.9'],
    ['a proxy that knows nobody', PRIVATE, '10.0.0.2', 'unknown', '10.0.0.2'],
    ['nobody behind what is unreadable', PRIVATE, '10.0.0.2', '1.2.3.4, unknown, 10.0.0.1', '10.0.0.2'],
    ['a proxy that says nothing', PRIVATE, '::ffff:10.0.0.2', undefined, '10.0.0.2'],
  ] as const)('%s', async (_what, setting, peer, forwarded, expected) => {
    expect(await seen([...setting], peer, forwarded)).toBe(expected);
  });
});
