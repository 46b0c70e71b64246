import { setTimeout as sleep } from 'node:timers/promises';
import { churn } from '../../tests/xds/envoy/churn/churn';
import type { ChurnReport } from '../../tests/xds/envoy/churn/churn';
import { startGatewayUnderTest } from '../../tests/xds/envoy/gateway-under-test';
import type { GatewayUnderTest } from '../../tests/xds/envoy/gateway-under-test';
import { figure, spread } from './report';

/** Envoy writes its access log so often, in milliseconds. */
const ACCESS_LOG_DELAY = 11_000;
const MOST_SHOWN = 20;

/** Bad answers while the configuration is edited without pause: with and without restarts of the xDS server. */
export async function measureChurn([seconds = '60', rate = '500', seed = '1']: readonly string[]): Promise<boolean> {
  const results: boolean[] = [];
  for (const restartEvery of [undefined, 5_000]) {
    const gateway = await startGatewayUnderTest();
    try {
      const report = await churn(gateway, { seconds: Number(seconds), rate: Number(rate), seed: Number(seed), restartEvery });
      console.log(`  ${report.requests} requests, ${report.edits} edits, ${report.restarts} restarts of the xDS server`);
      spread('a new host is first served after', report.firstServed);
      if (report.stale.length > 0) spread('answers by what had been replaced, for', report.stale);
      results.push(figure('bad answers', report.bad.length, { most: 0 }, 'requests'));
      results.push(figure('a gRPC stream broken', report.streamErrors.length, { most: 0 }, 'times'));
      if (report.bad.length > 0 || report.streamErrors.length > 0) await show(gateway, report);
    } finally {
      await gateway.stop();
    }
  }
  return results.every(Boolean);
}

/** The circumstances of each, with Envoy's words about it. */
async function show(gateway: GatewayUnderTest, { bad, streamErrors }: ChurnReport): Promise<void> {
  await sleep(ACCESS_LOG_DELAY);
  const log = gateway.accessLog();
  for (const each of bad.slice(0, MOST_SHOWN)) {
    console.log(`    ${each.request} at ${each.sent} ms, after ${each.took} ms: ${each.failure}`);
    for (const line of each.expected) console.log(`      ${line}`);
    console.log(`      ${log.find((line) => line.includes(`"${each.id}"`)) ?? 'not in the access log'}`);
  }
  for (const line of [...streamErrors, ...gateway.warnings().slice(0, MOST_SHOWN)]) console.log(`    ${line}`);
}
