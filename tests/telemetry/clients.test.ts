import { Registry } from 'prom-client';
import { createMetrics } from '../../src/telemetry';
import type { XdsClient } from '../../src/xds';
import { readExposition, valueOf } from './exposition';

const client = (proxy: string): XdsClient => ({ proxy }) as XdsClient;

test('clients are counted by proxies that exist, and only so many of them by name', async () => {
  const registry = new Registry();
  const { clients } = createMetrics(registry);
  clients.proxiesFrom((name) => name.startsWith('p'));
  const all = [...Array(150).keys()].map((index) => client(`p${index}`));
  for (const one of all) clients.connected(one);
  clients.connected(client('unheard-of'));
  const read = async () => readExposition(await registry.metrics()).filter(({ name }) => name === 'enroute_envoys_connected');
  expect((await read()).length).toBe(101);
  expect(valueOf(await read(), 'enroute_envoys_connected', { proxy: 'other' })).toBe(51);
  expect(valueOf(await read(), 'enroute_envoys_connected')).toBe(151);
  for (const one of all) clients.gone(one);
  expect(await read()).toEqual([{ name: 'enroute_envoys_connected', labels: { proxy: 'other' }, value: 1 }]);
});

test('products in one process count apart', async () => {
  const registries = [new Registry(), new Registry()] as const;
  const [one] = registries.map((registry) => createMetrics(registry));
  one?.decided('ok');
  const decided = async (registry: Registry) =>
    valueOf(readExposition(await registry.metrics()), 'enroute_ratelimit_decisions_total', { outcome: 'ok' });
  expect([await decided(registries[0]), await decided(registries[1])]).toEqual([1, 0]);
});
