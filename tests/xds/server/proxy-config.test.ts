import fc from 'fast-check';
import type { ProxyConfig } from '../../../src/xds/config';
import { KINDS } from '../../../src/xds/translate';
import { proxy, route, service, upstream, whole } from '../../support/models';
import { Edits, models } from './edits';
import { SLOW_CHECK } from './clients';
import { configOn, ManualClock } from './scripted-client';

/** By kind and name: the version, and what else clients are served by. */
function contents({ targets }: ProxyConfig): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    KINDS.map((kind) => [
      kind,
      Object.fromEntries(
        [...targets[kind]].map(([name, { resource, ...rest }]) => [
          name,
          { version: resource.version, bytes: resource.bytes.toString('base64'), ...plain(rest) },
        ]),
      ),
    ]),
  );
}

/** Members as names and versions. */
function plain(rest: object): object {
  if (!('members' in rest)) return rest;
  const members = rest.members as ReadonlyMap<string, { virtualHost: { version: string }; clusters: readonly string[] }>;
  return { ...rest, members: [...members].map(([host, { virtualHost, clusters }]) => [host, virtualHost.version, clusters]) };
}

const hosts = (...ids: number[]) =>
  proxy(ids.map((id) => service(id, `${id}.test`, [route(id, '/', [upstream(id, 9000 + id)])])));

describe('the configuration of a proxy', () => {
  it('that was kept up by exact changes is that which is made at once, when it is quiet', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(models, fc.constantFrom(0, 100, 2_000)), { minLength: 1, maxLength: 8 }), (steps) => {
        const clock = new ManualClock();
        const config = configOn(clock);
        const edits = new Edits();
        for (const [model, pass] of steps) {
          config.apply(edits.next(model));
          const fresh = configOn(new ManualClock(), model);
          const [kept, made] = [config, fresh].map(contents);
          for (const table of [kept, made]) {
            // Former endpoints may stay behind those that replace them for a while.
            delete table!.endpoint;
          }
          expect(kept).toEqual(made);
          expect([...config.notes()]).toEqual([...fresh.notes()]);
          clock.pass(pass);
        }
        clock.pass(30_000);
        expect(clock.timers).toBe(0);
        expect(contents(config)).toEqual(contents(configOn(new ManualClock(), steps.at(-1)![0])));
      }),
      { numRuns: 150 },
    );
  });

  it('tells each name that came, changed or went, and no other', () => {
    fc.assert(
      fc.property(fc.array(models, { minLength: 2, maxLength: 6 }), (all) => {
        const clock = new ManualClock();
        const config = configOn(clock);
        const edits = new Edits();
        let before: Record<string, Record<string, unknown>> | undefined;
        const told = new Set<string>();
        config.watch(({ names }) => {
          for (const [kind, changed] of names) for (const name of changed) told.add(`${kind} ${name}`);
        });
        for (const model of all) {
          config.apply(edits.next(model));
          clock.pass(2_000);
          const after = contents(config);
          const differs = KINDS.flatMap((kind) =>
            [...new Set([...Object.keys(before?.[kind] ?? {}), ...Object.keys(after[kind]!)])].flatMap((name) =>
              JSON.stringify(before?.[kind]?.[name]) === JSON.stringify(after[kind]![name]) ? [] : `${kind} ${name}`,
            ),
          );
          expect([...told]).toEqual(expect.arrayContaining(differs));
          // What passes from one host to another goes and comes back.
          const others = [...told].filter((name) => !differs.includes(name));
          if (before) expect(others.filter((name) => !/^(cluster|endpoint|secret) /.test(name))).toEqual([]);
          before = after;
          told.clear();
        }
      }),
      { numRuns: 80 },
    );
  });

  it('has the routes of every host in one configuration while a service takes every other host', () => {
    const clock = new ManualClock();
    const any = service(9, '*', []);
    const config = configOn(clock, proxy([...hosts(1).services.values(), any]));
    const members = () => [...config.targets.route.get('http/*')!.members.keys()];
    config.apply(whole(proxy([...hosts(1, 2).services.values(), any])));
    expect(members()).toEqual(['*', '1.test', '2.test']);
    expect(clock.timers).toBe(0);
    config.apply(whole(hosts(1, 2)));
    expect(config.targets.route.has('http/*')).toBe(false);
    config.apply(whole(proxy([...hosts(1, 2, 3).services.values(), any])));
    expect(members()).toEqual(['*', '1.test', '2.test', '3.test']);
    expect(clock.timers).toBe(0);
  });

  it('has no routes to clusters that are gone', () => {
    const config = configOn(new ManualClock(), hosts(1, 2));
    config.apply(whole(hosts(1)));
    const dangling = [...config.targets.route.values()].flatMap(({ members }) =>
      [...members.values()].flatMap(({ clusters }) => clusters.filter((name) => !config.targets.cluster.has(name))),
    );
    expect(dangling).toEqual([]);
  });

  it('of a proxy that went has the listener alone', () => {
    const config = configOn(new ManualClock(), hosts(1, 2));
    config.clear();
    expect([...config.targets.listener.keys()]).toEqual(['ingress_http']);
    expect([...config.targets.cluster.keys(), ...config.targets.endpoint.keys()]).toEqual([]);
    expect([...config.targets.scope.keys()]).toEqual(['A-Z']);
  });

  it('stops its timer', () => {
    const clock = new ManualClock();
    const checked = (port: number) =>
      whole(proxy([service(1, '1.test', [route(1, '/', [upstream(1, port, { healthCheck: SLOW_CHECK })])])]));
    const config = configOn(clock);
    config.apply(checked(9001));
    config.apply(checked(9002)); // The former endpoint stays behind for a while.
    expect(clock.timers).toBe(1);
    config.stop();
    expect(clock.timers).toBe(0);
  });

  it('has several hundred wildcards in one route configuration when their expression would be too long', () => {
    const many = Array.from({ length: 400 }, (_, index) => service(index, `*.suffix-${index}.example.test`, []));
    const config = configOn(new ManualClock(), proxy(many));
    expect(config.targets.route.get('http/*')!.members.size).toBe(400);
    const few = configOn(new ManualClock(), proxy(many.slice(0, 3)));
    expect(config.targets.listener.get('ingress_http')!.resource.version).not.toBe(
      few.targets.listener.get('ingress_http')!.resource.version,
    );
    config.apply(whole(proxy(many.slice(0, 3))));
    expect(config.targets.listener.get('ingress_http')!.resource.version).toBe(
      few.targets.listener.get('ingress_http')!.resource.version,
    );
  });
});
