/**
 * xDS: each bar of docs/performance.md, in one run.
 *
 *     npm run bench:xds [-- name [arguments]]
 */
import { machine } from '../statistics';
import { measureChurn } from './churn';
import { measureFanOut } from './fan-out';
import { measureMemory } from './memory';
import { measureProxy } from './proxy';
import { measureRestart } from './restart';
import { measureStar } from './star';
import { measureStart } from './start';
import { measureThousandClients } from './thousand-clients';
import { measureTls } from './tls';
import { load } from './report';

const MEASUREMENTS: Readonly<Record<string, readonly [string, (args: readonly string[]) => Promise<boolean>]>> = {
  'fan-out': ['one changed endpoint of 5,000 clusters to the last delta client', measureFanOut],
  'thousand-clients': ['1,000 delta clients of 100 services each get a change', measureThousandClients],
  memory: ['control plane memory at 5,000 services, and over 20,000 changes', measureMemory],
  start: ['start to first complete configuration, 5,000 services', measureStart],
  proxy: ['requests a second through Envoy, ours against a minimal configuration', measureProxy],
  tls: ['a TLS service added at 1,000 TLS hosts', measureTls],
  star: ['propagation with one service for every host among 3,000', measureStar],
  churn: ['bad answers while everything is edited', measureChurn],
  restart: ['control plane and Envoy killed under load and edits', measureRestart],
};

async function main(): Promise<void> {
  const [name, ...args] = process.argv.slice(2);
  if (name !== undefined && !(name in MEASUREMENTS))
    throw new Error(`there is no ${name}, but ${Object.keys(MEASUREMENTS).join(', ')}`);
  console.log(machine());
  const missed: string[] = [];
  for (const [each, [title, measure]] of Object.entries(MEASUREMENTS)) {
    if (name !== undefined && name !== each) continue;
    console.log(`\n${each}: ${title} (${load()} before)`);
    if (!(await measure(args))) missed.push(each);
    console.log(`  ${load()} after`);
  }
  if (missed.length > 0) throw new Error(`missed: ${missed.join(', ')}`);
}

void main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
