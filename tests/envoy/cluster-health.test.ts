import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { readUnhealthy } from '../../src/envoy';
import { parseUnhealthy } from '../../src/envoy/cluster-health';

function host(cluster: string, address: string, flags: string, hostname = ''): string {
  return ['cx_active::0', `hostname::${hostname}`, `health_flags::${flags}`, 'weight::1']
    .map((property) => `${cluster}::${address}::${property}\n`)
    .join('');
}

test('the endpoints that are not healthy are found, each by the worst of its flags', () => {
  const text =
    'upstream/1::default_priority::max_connections::1024\n' +
    host('upstream/1', '127.0.0.1:80', 'healthy') +
    host('upstream/2', '10.0.0.1:81', '/failed_active_hc/active_hc_timeout') +
    host('route/3/abc', '[::1]:82', '/failed_active_hc/failed_outlier_check') +
    host('route/3/abc', '[2001:db8::1]:82', '/failed_outlier_check', 'name.test') +
    host('route/3/abc', '10.0.0.2:82', '/degraded_active_hc') +
    host('route/3/abc', '10.0.0.3:82', '/failed_active_hc/excluded_via_immediate_hc_fail') +
    host('route/3/abc', '10.0.0.4:82', '/failed_active_hc/pending_active_hc') +
    host('route/3/abc', '10.0.0.5:82', '/failed_eds_health') +
    host('route/3/abc', '10.0.0.6:82', '/something_new');
  expect(
    parseUnhealthy(text).map(({ cluster, address, port, hostname, health }) => [cluster, address, port, hostname, health]),
  ).toEqual([
    ['upstream/2', '10.0.0.1', 81, '', 'failed_active_health_check'],
    ['route/3/abc', '::1', 82, '', 'failed_active_health_check'],
    ['route/3/abc', '2001:db8::1', 82, 'name.test', 'failed_outlier_check'],
    ['route/3/abc', '10.0.0.2', 82, '', 'degraded'],
    ['route/3/abc', '10.0.0.3', 82, '', 'excluded'],
    ['route/3/abc', '10.0.0.4', 82, '', 'pending_active_health_check'],
    ['route/3/abc', '10.0.0.5', 82, '', 'failed_eds_health'],
  ]);
  expect(parseUnhealthy('')).toEqual([]);
});

test('no answer, and one that is none, are told from no unhealthy endpoint', async () => {
  let status = 200;
  const server = createServer((_request, response) => response.writeHead(status).end('x::127.0.0.1:1::health_flags::healthy'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await readUnhealthy(port)).toMatchObject({ unhealthy: [] });
  status = 503;
  expect(await readUnhealthy(port)).toBeUndefined();
  status = 200;
  // It tells of all clusters: it does not know the filter.
  expect(await readUnhealthy(port, { filter: '^x$' })).toMatchObject({ isWhole: false });
  expect(await readUnhealthy(port, { filter: '^y$' })).toMatchObject({ isWhole: true });
  server.close();
  await once(server, 'close');
  expect(await readUnhealthy(port)).toBeUndefined();
});
