/** The server of `thousand-clients`, in a process of its own; it notes when a change is acknowledged. */
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProxyModel, Service } from '../../src/gateway';
import { Session } from '../../src/xds/server/session';
import { manyServices, oneService } from './model';
import { startServer } from './server';

const ACKNOWLEDGED_WITHIN_MS = 60_000;

/** The times of the acknowledgements of endpoints, taken from the sessions as requests come in. */
let onAcknowledged: () => void = () => undefined;
const { onRequest } = Session.prototype;
Session.prototype.onRequest = function (request): void {
  onRequest.call(this, request);
  if (request.kind === 'endpoint' && request.nonce !== '' && request.rejection === undefined) onAcknowledged();
};

async function main([kind, clients = '', services = '']: readonly string[]): Promise<void> {
  const names = kind === 'own' ? Array.from({ length: Number(clients) }, (_, index) => `gw-${index}`) : ['gw'];
  const models: ProxyModel[] = names.map((name) => manyServices(Number(services), name));
  const { configs, xds } = await startServer();
  configs.update(
    models.map((model) => ({ model, services: 'all' as const })),
    [],
  );
  tell({ port: xds.port });
  let version = 1;
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'memory') tell({ bytes: await memory() });
    if (line === 'change') tell({ times: await change((version += 1)) });
  }
  process.exit(0);

  async function change(weight: number): Promise<number[]> {
    const times: number[] = [];
    const started = performance.now();
    onAcknowledged = () => times.push(performance.now() - started);
    const next = oneService(1, weight);
    const changed = models.map((model) => {
      (model.services as Map<number, Service>).set(1, next);
      return { model: { ...model, version: String(weight) }, services: new Set([1]) };
    });
    configs.update(changed, []);
    while (times.length < Number(clients)) {
      if (performance.now() - started > ACKNOWLEDGED_WITHIN_MS) throw new Error(`${times.length} acknowledgements came`);
      await sleep(5);
    }
    return times;
  }
}

/** Resident bytes when nothing more can be collected. */
async function memory(): Promise<number> {
  for (let round = 0; round < 4; round += 1) {
    global.gc?.();
    await sleep(250);
  }
  return process.memoryUsage().rss;
}

function tell(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

void main(process.argv.slice(2));
