import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { connectFaultOf } from './connect-faults.js';

test('a certificate of another host is told by the host, not by the authority', () => {
  const certificate = { subject: { CN: 'localhost' }, subjectaltname: 'DNS:localhost' } as PeerCertificate;
  expect(connectFaultOf(checkServerIdentity('127.0.0.1', certificate))).toEqual({
    away: false,
    fix: 'Write the host as its certificate has it, or use sslmode=verify-ca.',
  });
});
