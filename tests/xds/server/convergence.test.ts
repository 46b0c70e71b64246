import fc from 'fast-check';
import type { ProxyConfig } from '../../../src/xds/config';
import { KINDS } from '../../../src/xds/translate';
import { proxy } from '../../support/models';
import { Edits, models } from './edits';
import { EnvoyModel } from './envoy-model';
import { configOn, ManualClock, VARIANTS } from './scripted-client';

const behaviour = fc.record({ reads: fc.boolean(), isWarm: fc.boolean(), reconnects: fc.nat(7).map((number) => number === 0) });
const step = fc.record({
  model: fc.option(models, { freq: 2 }),
  pass: fc.constantFrom(0, 1, 60, 1_000, 6_000),
  clients: fc.tuple(behaviour, behaviour),
});

/** All that a client has which wants everything that it is led to. */
function wanted({ targets }: ProxyConfig, { held }: EnvoyModel): Record<string, Record<string, string>> {
  return Object.fromEntries(
    KINDS.map((kind) => {
      const names = [...targets[kind].keys()].filter((name) => (kind === 'route' ? held.route.has(name) : true));
      return [kind, Object.fromEntries(names.map((name) => [name, targets[kind].get(name)!.resource.version] as const).sort())];
    }),
  );
}

it('no client ever holds a route to a cluster that it does not hold, and all end with what there is', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 10 }), (steps) => {
      const clock = new ManualClock();
      const edits = new Edits();
      const config = configOn(clock);
      config.apply(edits.next(proxy([])));
      const clients = VARIANTS.map((variant) => new EnvoyModel(variant, clock, config));
      const handle = (index: number, isWarm: boolean) => {
        const client = clients[index]!;
        client.handle(isWarm, () => expect([client.client.variant, ...client.dangling()]).toEqual([client.client.variant]));
      };
      for (const client of clients) client.handle(true);
      for (const { model, pass, clients: behaviours } of steps) {
        if (model) config.apply(edits.next(model));
        for (const moment of ['before', 'after']) {
          for (const [index, { reads, isWarm, reconnects }] of behaviours.entries()) {
            if (reconnects && moment === 'before') clients[index]!.reconnect();
            if (reads) handle(index, isWarm);
          }
          if (moment === 'before') clock.pass(pass);
        }
      }
      const settle = () => {
        for (let round = 0; round < 8; round += 1) {
          clock.pass(10_000);
          for (const index of clients.keys()) handle(index, true);
        }
      };
      settle();
      for (const variant of VARIANTS) clients.push(new EnvoyModel(variant, clock, config));
      settle();
      for (const client of clients) {
        expect(client.contents()).toEqual(wanted(config, client));
        expect(client.contents()).toEqual(clients[0]!.contents());
        expect(client.client.session.acknowledged).toBe(config.version);
        client.client.session.close();
      }
    }),
    { numRuns: 500 },
  );
});
