import fc from 'fast-check';
import { Hosts } from '../../../src/xds/config/hosts';
import { Owned } from '../../../src/xds/config/owned';
import { Scopes } from '../../../src/xds/config/scopes';
import { coveringWildcard, isWildcard } from '../../../src/xds/translate';
import type { ProxyModel } from '../../../src/gateway';
import { proxy, service } from '../../support/models';
import { Edits } from './edits';

const NAMES = [
  'test',
  'a.test',
  'b.test',
  'a.a.test',
  'b.a.test',
  'c.b.a.test',
  '*.test',
  '*.a.test',
  '*.b.a.test',
  '*.none',
  '*',
];
const subsets = fc.subarray(NAMES);

describe('scopes', () => {
  it('hold after any sequence of updates what a naive look at all hosts gives, and tell which changed', () => {
    fc.assert(
      fc.property(fc.array(subsets, { minLength: 1, maxLength: 8 }), (states) => {
        const scopes = new Scopes();
        let before: readonly string[] = [];
        const naive = (all: readonly string[], scope: string) =>
          [scope, ...(isWildcard(scope) ? all.filter((host) => longest(host, all) === scope) : [])].sort();
        for (const after of states) {
          const came = after.filter((host) => !before.includes(host));
          const went = before.filter((host) => !after.includes(host));
          const told = scopes.update(came, went);
          const wildcards = (all: readonly string[]) => all.filter(isWildcard).sort();
          expect([...scopes.wildcards].sort()).toEqual(wildcards(after));
          expect(told.wildcardsChanged).toBe(wildcards(after).join() !== wildcards(before).join());
          for (const scope of after) {
            expect(scopes.hostsOf(scope)).toEqual(naive(after, scope));
            const changed = before.includes(scope) && naive(before, scope).join() !== naive(after, scope).join();
            if (changed) expect([...told.scopes]).toContain(scope);
          }
          for (const host of NAMES) {
            const holding = after.filter(isWildcard).filter((scope) => longest(host, after) === scope);
            expect(scopes.scopesOf(host)).toEqual(isWildcard(host) ? [host] : [host, ...holding]);
          }
          before = after;
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** The longest wildcard among the hosts that covers an exact one. */
function longest(host: string, all: readonly string[]): string | undefined {
  if (isWildcard(host)) return undefined;
  const covering = all.filter((each) => isWildcard(each) && host.endsWith(each.slice(1)));
  return covering.sort((one, other) => other.length - one.length)[0];
}

it('the covering wildcard of a host is the longest that it ends with', () => {
  fc.assert(
    fc.property(subsets, fc.constantFrom(...NAMES), (all, host) => {
      fc.pre(!isWildcard(host) && host !== '*');
      expect(coveringWildcard(host, new Set(all))).toBe(longest(host, all));
    }),
  );
});

describe('hosts', () => {
  const model: fc.Arbitrary<ProxyModel> = fc
    .array(fc.option(fc.tuple(fc.constantFrom('a.test', 'b.test', undefined), fc.nat(1))), { minLength: 4, maxLength: 4 })
    .map((given) =>
      proxy(
        given.flatMap((each, id) =>
          each ? service(id, '', [], { host: each[0], filters: { lua: `-- ${each[1]}`, cors: undefined } }) : [],
        ),
      ),
    );

  it('have their services in the order of ids, and tell which hosts a change touches', () => {
    fc.assert(
      fc.property(fc.array(model, { minLength: 1, maxLength: 6 }), (all) => {
        const hosts = new Hosts();
        const edits = new Edits();
        const of = ({ services }: ProxyModel, host: string) =>
          [...services.values()].filter((each) => each.host === host).sort((one, other) => one.id - other.id);
        let before = proxy([]);
        for (const each of all) {
          const change = edits.next(each);
          const touched = hosts.apply(change);
          for (const host of ['a.test', 'b.test']) {
            expect(hosts.servicesOf(host)).toEqual(of(change.model, host));
            expect(hosts.has(host)).toBe(of(change.model, host).length > 0);
            expect(touched.has(host)).toBe(JSON.stringify(of(before, host)) !== JSON.stringify(of(change.model, host)));
          }
          expect([...hosts.names()].sort()).toEqual(['a.test', 'b.test'].filter((host) => hosts.has(host)));
          before = change.model;
        }
      }),
    );
  });
});

describe('what is owned', () => {
  it('is there as long as one owner holds it, and has the value that was set last', () => {
    const state = fc.record({ owner: fc.constantFrom('p', 'q', 'r'), names: fc.subarray(['a', 'b', 'c']), value: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(state, { maxLength: 12 }), (states) => {
        const put = new Map<string, number>();
        const owned = new Owned<number>((name, value) => void (value === undefined ? put.delete(name) : put.set(name, value)));
        const held = new Map<string, readonly string[]>();
        const last = new Map<string, number>();
        for (const { owner, names, value } of states) {
          owned.set(owner, new Map(names.map((name) => [name, value])));
          held.set(owner, names);
          for (const name of names) last.set(name, value);
          const there = [...new Set([...held.values()].flat())].sort();
          expect([...put].sort()).toEqual(there.map((name) => [name, last.get(name)]));
        }
      }),
    );
  });
});
