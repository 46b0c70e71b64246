import type { Change } from '../database';
import type { ReverseIndex } from './reverse-index';

/** What a batch of changes makes it necessary to read again. */
export interface Touched {
  readonly proxies: ReadonlySet<number>;
  readonly services: ReadonlySet<number>;
  readonly deletedSecrets: readonly number[];
}

/** What is held in memory, and which rows it is made of. */
export interface Held {
  hasService(id: number): boolean;
  /** Rows to services: `route:1`, `upstream:1`, `filter:1`, `secret:1`, and `secret:missing` for a certificate authority that does not exist. */
  readonly services: ReverseIndex;
  /** Rows to proxies: `globalconfig:1`. */
  readonly proxies: ReverseIndex;
}

/**
 * Finds the services and proxies that the changed rows belong to. A service that no proxy serves is not held, and it can
 * only come in by a link to a proxy, so that other changes of it need no reading. `everything` when a table was emptied.
 */
export function touchedBy(changes: readonly Change[], held: Held): Touched | 'everything' {
  const proxies = new Set<number>();
  const services = new Set<number>();
  const deletedSecrets: number[] = [];
  const add = (to: Set<number>, ids: Iterable<number>) => {
    for (const id of ids) to.add(id);
  };
  for (const { table, oldKeys, newKeys } of changes) {
    if (!oldKeys && !newKeys) return 'everything';
    if (table === 'secret' && oldKeys && !newKeys) deletedSecrets.push(Number(oldKeys['secret_id']));
    for (const keys of [oldKeys, newKeys]) {
      if (!keys) continue;
      const id = (column: string) => Number(keys[column]);
      switch (table) {
        case 'proxy':
        case 'proxy_globalconfig':
          proxies.add(id('proxy_id'));
          break;
        case 'globalconfig':
          add(proxies, held.proxies.ownersOf(`globalconfig:${id('globalconfig_id')}`));
          break;
        case 'proxy_service':
          services.add(id('service_id'));
          break;
        case 'service':
        case 'route':
        case 'service_filter':
        case 'service_secret':
          if (held.hasService(id('service_id'))) services.add(id('service_id'));
          break;
        case 'route_upstream':
        case 'route_filter':
          add(services, held.services.ownersOf(`route:${id('route_id')}`));
          break;
        case 'upstream':
        case 'filter':
          add(services, held.services.ownersOf(`${table}:${id(`${table}_id`)}`));
          break;
        case 'secret':
        case 'artifact':
          add(services, held.services.ownersOf(`secret:${id('secret_id')}`));
          // It may be the one that was missing: its name is not among the keys.
          add(services, held.services.ownersOf('secret:missing'));
          break;
      }
    }
  }
  return { proxies, services, deletedSecrets };
}
