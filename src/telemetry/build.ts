import type { Registry } from 'prom-client';
import { Gauge } from 'prom-client';
import { version } from '../../package.json';

/** Says which program this is. */
export function showBuild(registry: Registry): void {
  new Gauge({
    name: 'enroute_build_info',
    help: 'Always 1; its labels say which version runs, on which Node.',
    labelNames: ['version', 'node'],
    registers: [registry],
  }).set({ version, node: process.version }, 1);
}
