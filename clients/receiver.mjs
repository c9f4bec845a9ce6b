// Takes webhooks of Rollcall and prints them: WEBHOOK_SECRET=whsec_… node clients/receiver.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const key = Buffer.from(process.env.WEBHOOK_SECRET.slice('whsec_'.length), 'base64');
const taken = new Set(); // yours outlives a restart: a unique column beside what you make of the event

async function take(request) {
  const body = Buffer.concat(await request.toArray());
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signatures = '' } = request.headers;
  const hmac = createHmac('sha256', key).update(`${id}.${at}.`).update(body).digest('base64');
  const [own, ...given] = [`v1,${hmac}`, ...signatures.split(' ')].map((text) => Buffer.from(text));
  const isSigned = given.some((one) => one.length === own.length && timingSafeEqual(one, own));
  if (!isSigned || Math.abs(Date.now() / 1000 - at) > 300) return 401;
  const { type, data } = JSON.parse(body);
  console.log(taken.has(id) ? 'again' : 'taken', id, type, data.applicantId, data.outcome);
  taken.add(id);
  return 204;
}

createServer((request, response) => {
  const answer = (status) => response.writeHead(status).end();
  take(request).then(answer, () => answer(500));
}).listen(process.env.PORT ?? 4000, '127.0.0.1');
