import { Logger } from '@nestjs/common';
import { Metrics } from './metrics.js';

async function lines(metrics: Metrics): Promise<string[]> {
  const { text } = await metrics.scrape();
  return text.split('\n').filter((line) => line.startsWith('rollcall_'));
}

describe('metrics', () => {
  test('count in the words of the domain', async () => {
    const metrics = new Metrics();
    metrics.callback('success', 200);
    metrics.callback('success', 200);
    metrics.callback('fail', 503);
    metrics.elements('created', 3);
    metrics.elements('created', 4);
    metrics.elements('stale', 0);
    metrics.tokenRequests.add('invalid_client');
    metrics.refusals.add('TOKEN_INVALID');
    metrics.probes.add('fail');
    metrics.queueDepth.set(7);
    expect(await lines(metrics)).toEqual(
      expect.arrayContaining([
        'rollcall_callbacks_total{kind="success",status="200"} 2',
        'rollcall_callbacks_total{kind="fail",status="503"} 1',
        'rollcall_elements_total{result="created"} 7',
        'rollcall_token_requests_total{result="invalid_client"} 1',
        'rollcall_refusals_total{reason="TOKEN_INVALID"} 1',
        'rollcall_probes_total{kind="fail"} 1',
        'rollcall_queue_depth 7',
      ]),
    );
  });

  test('a second scrape says the same, not the double', async () => {
    const metrics = new Metrics();
    metrics.refusals.add('OVERLOADED');
    await metrics.scrape();
    expect(await lines(metrics)).toContain('rollcall_refusals_total{reason="OVERLOADED"} 1');
  });

  test('a result that never came up is not there', async () => {
    const metrics = new Metrics();
    metrics.elements('stale', 0);
    expect((await lines(metrics)).join()).not.toContain('stale');
  });

  test('commits tell their time and size', async () => {
    const metrics = new Metrics();
    metrics.commit(0.004, 10);
    metrics.commit(0.3, 100);
    expect(await lines(metrics)).toEqual(
      expect.arrayContaining([
        'rollcall_commit_seconds_bucket{le="0.005"} 1',
        'rollcall_commit_seconds_bucket{le="0.5"} 2',
        'rollcall_commit_applicants_bucket{le="10"} 1',
        'rollcall_commit_applicants_sum 110',
      ]),
    );
  });

  test('requests are told apart by route pattern and status class', async () => {
    const metrics = new Metrics();
    metrics.request('/api/v1/applicants/:applicantId', 404, 0.02);
    expect(await lines(metrics)).toContain(
      'rollcall_http_request_seconds_count{route="/api/v1/applicants/:applicantId",status="4xx"} 1',
    );
  });

  test('the process and Node are measured too', async () => {
    const { contentType, text } = await new Metrics().scrape();
    expect(contentType).toContain('text/plain; version=0.0.4');
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });

  test('a gauge read from the database is read once for several scrapes', async () => {
    const metrics = new Metrics();
    let reads = 0;
    metrics.collect('rollcall_receipts_pending', 'Receipts not applied yet.', () =>
      Promise.resolve((reads += 1)),
    );
    await metrics.scrape();
    expect(await lines(metrics)).toContain('rollcall_receipts_pending 1');
    expect(reads).toBe(1);
  });

  test('a gauge that cannot be read is absent, and the rest is there', async () => {
    Logger.overrideLogger(false);
    const metrics = new Metrics();
    metrics.collect('rollcall_quarantine_open', 'Open quarantine.', () => Promise.reject(new Error('away')));
    metrics.refusals.add('OVERLOADED');
    const found = (await lines(metrics)).join('\n');
    expect(found).not.toContain('rollcall_quarantine_open');
    expect(found).toContain('OVERLOADED');
  });
});
