import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { testEnvoyBinary } from '../support/envoy';
import { eventually } from '../support/eventually';
import { ask } from '../support/http-client';
import { startHttpServer } from '../support/http-echo';
import { Product } from '../support/product';

/** The control plane runs no Envoy; one that a person starts on the served bootstrap is another proxy than `gw`. */
it('an Envoy elsewhere runs on the bootstrap that is served, as the proxy that it names', async () => {
  const server = await startHttpServer({ name: 'server' });
  const product = await Product.start({ ENVOY: 'off', ADVERTISE_HOST: 'localhost' });
  let envoy: ChildProcess | undefined;
  try {
    expect(product.output).toContain('/envoy/bootstrap/gw');
    for (const [target, form] of [
      ['/service', 'service_name=edge&fqdn=edge.test'],
      ['/service/edge/route', 'route_name=all&route_prefix=/'],
      ['/upstream', `upstream_name=up&upstream_ip=127.0.0.1&upstream_port=${server.port}&upstream_hc_path=/`],
      ['/service/edge/route/all/upstream/up', ''],
      ['/proxy/edge/service/edge', ''],
    ] as const) {
      expect((await product.call('POST', target, form)).status).toBe(201);
    }
    const { body } = await product.call('GET', '/envoy/bootstrap/edge');
    expect(body).toContain('"localhost"');
    const file = path.join(product.dataDir, 'elsewhere.json');
    writeFileSync(file, body);
    envoy = spawn(
      await testEnvoyBinary(),
      ['-c', file, '--use-dynamic-base-id', '--service-node', 'first', '--log-level', 'off'],
      { stdio: 'ignore' },
    );
    await eventually(async () =>
      expect(await ask({ port: product.ports.http, headers: { host: 'edge.test' } })).toMatchObject({ status: 200 }),
    );
    expect(product.log).toContainEqual(expect.objectContaining({ msg: 'Envoy connected', proxy: 'edge', node: 'first' }));
  } finally {
    if (envoy) {
      envoy.kill('SIGKILL');
      await once(envoy, 'exit');
    }
    await product.dispose();
    await server.stop();
  }
}, 120_000);
