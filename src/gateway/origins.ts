import type { Change } from '../database';
import type { ProxyChange, ProxyModel } from './model';
import type { Touched } from './touched';

/** The origins of changes, as they are written in the change log, that one proxy has to do with. */
export interface ProxyOrigins {
  /** Those that its new model is due to; in doubt one more. */
  readonly due: readonly string[];
  /**
   * Those that make no difference now: they changed nothing of what is served, or they were read already with an earlier
   * change, since rows are read after the log.
   */
  readonly early: readonly string[];
}

/** What each origin of a batch of changes touched; changes whose origin is not known are left out. */
export type OriginsTouched = ReadonlyMap<string, Touched | 'everything'>;

/** @param touchedBy as the models are before the changes */
export function touchedByOrigin(
  changes: readonly Change[],
  touchedBy: (changes: readonly Change[]) => Touched | 'everything',
): OriginsTouched {
  const byOrigin = new Map<string, Change[]>();
  for (const change of changes) {
    if (!change.origin) continue;
    const known = byOrigin.get(change.origin);
    if (known) known.push(change);
    else byOrigin.set(change.origin, [change]);
  }
  return new Map([...byOrigin].map(([origin, own]) => [origin, touchedBy(own)]));
}

/** The origins of each proxy that has any. */
export function originsByProxy(
  touched: OriginsTouched,
  changed: readonly ProxyChange[],
  models: ReadonlyMap<string, ProxyModel>,
): ReadonlyMap<string, ProxyOrigins> {
  const changes = new Map(changed.map((change) => [change.model.name, change.services]));
  const all = [...touched];
  return new Map(
    [...models].flatMap(([name, { services: served }]) => {
      const differ = changes.get(name);
      const due = differ ? all.filter(([, one]) => isDue(one, differ)) : [];
      const early = all.filter((each) => !due.includes(each) && isOf(each[1], served));
      return due.length + early.length === 0 ? [] : [[name, { due: names(due), early: names(early) }] as const];
    }),
  );
}

function isDue(touched: Touched | 'everything', differ: ReadonlySet<number> | 'all'): boolean {
  if (touched === 'everything' || differ === 'all' || touched.proxies.size > 0) return true;
  return [...touched.services].some((id) => differ.has(id));
}

function isOf(touched: Touched | 'everything', served: ReadonlyMap<number, unknown>): boolean {
  return touched !== 'everything' && [...touched.services].some((id) => served.has(id));
}

function names(entries: readonly (readonly [string, unknown])[]): string[] {
  return entries.map(([origin]) => origin);
}
