import { setTimeout as sleep } from 'node:timers/promises';
import { startHttpServer } from '../../tests/support/http-echo';
import { Product } from '../../tests/support/product';
import { Propagation } from '../propagate';
import { percentile } from '../statistics';
import { figure, spread } from './report';

const SERVICES = 3_000;
const ROUNDS = 30;
const MOST = 120;

/** REST write answered to served, with a service for every host among 3,000: its routes are one configuration. */
export async function measureStar(): Promise<boolean> {
  const [a, b] = await Promise.all([startHttpServer({ name: 'a' }), startHttpServer({ name: 'b' })]);
  const product = await Product.start({ LOG_LEVEL: 'warn' });
  try {
    const bench = new Propagation(product, a, b);
    await bench.prepare();
    await bench.seed(0, SERVICES);
    await bench.write('POST', '/service', { service_name: 'star', fqdn: '*' });
    await bench.write('POST', '/service/star/route', { route_name: 'all', route_prefix: '/star' });
    await bench.write('POST', '/service/star/route/all/upstream/bench-a');
    await bench.write('POST', '/proxy/gw/service/star');
    await bench.until('any.other.test', '/star', 'a');
    await sleep(1_000);
    const samples = await bench.measure(SERVICES, ROUNDS);
    for (const [kind, values] of Object.entries(samples)) spread(kind, values);
    const results = Object.entries(samples).map(([kind, values]) =>
      figure(`${kind}, p50`, percentile(values, 0.5), { most: MOST }),
    );
    return results.every(Boolean);
  } finally {
    await product.dispose();
    await Promise.all([a.stop(), b.stop()]);
  }
}
