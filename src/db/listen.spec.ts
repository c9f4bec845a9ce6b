import { Logger } from '@nestjs/common';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../test/harness/database.js';
import { eventually } from '../../test/harness/processes.js';
import { DatabaseProxy } from '../../test/faults/database-proxy.js';
import { Listener } from './listen.js';

Logger.overrideLogger(false);

let database: FreshDatabase;
let proxy: DatabaseProxy;
/** The database by way of the proxy. */
let url: string;
let listener: Listener;
let sender: pg.Client;
beforeEach(async () => {
  database = await freshDatabase();
  proxy = new DatabaseProxy();
  url = await proxy.open(database.url);
  listener = new Listener(url);
  sender = new pg.Client({ connectionString: database.url });
  await sender.connect();
});
afterEach(async () => {
  await listener.onApplicationShutdown();
  await sender.end();
  await proxy.close();
  await database.drop();
});

const notify = (channel: string, payload: string) =>
  sender.query('select pg_notify($1, $2)', [channel, payload]);

test('every callback of a channel hears every payload, and other channels do not', async () => {
  const heard: string[] = [];
  await listener.on('clients', (payload) => heard.push(`a:${payload}`));
  await listener.on('clients', (payload) => heard.push(`b:${payload}`));
  await listener.on('Other "one"', (payload) => heard.push(`c:${payload}`));
  await notify('clients', 'أحمد');
  await notify('Other "one"', '');
  await eventually(() => heard.length === 3 || undefined);
  expect(heard).toEqual(['a:أحمد', 'b:أحمد', 'c:']);
});

test('after a cut it says so, comes back by itself, and hears again', async () => {
  const heard: string[] = [];
  let reconnections = 0;
  listener.onReconnected(() => (reconnections += 1));
  await listener.on('clients', (payload) => heard.push(payload));
  expect(listener.connected).toBe(true);
  expect(reconnections).toBe(0);
  proxy.set('cut');
  await eventually(() => !listener.connected || undefined);
  proxy.set('fair');
  await eventually(() => listener.connected || undefined);
  expect(reconnections).toBe(1);
  await notify('clients', 'again');
  await eventually(() => heard.length === 1 || undefined);
});

test('a database that is away at the first listen is found later', async () => {
  proxy.set('cut');
  const heard: string[] = [];
  await listener.on('clients', (payload) => heard.push(payload));
  await listener.on('keys', (payload) => heard.push(payload));
  expect(listener.connected).toBe(false);
  proxy.set('fair');
  await eventually(() => listener.connected || undefined);
  await notify('keys', 'x');
  await eventually(() => heard.length === 1 || undefined);
});

test('closing ends soon although the server is silent', async () => {
  await listener.on('clients', () => undefined);
  proxy.set('silent');
  const started = Date.now();
  await listener.onApplicationShutdown();
  expect(Date.now() - started).toBeLessThan(3000);
});
