import { ClusterLoadAssignment } from '../../../gen/envoy-api/envoy/config/endpoint/v3/endpoint';
import { encodeResource } from '../resource';
import type { Resource } from '../resource';
import { emptyLoadAssignment } from '../translate';
import type { ResourceKind } from '../translate';
import type { Held, Subscription } from './subscription';

/** Types that are wanted whole when no names are given; state of the world, each of their responses is the whole state. */
export const WHOLE: ReadonlySet<ResourceKind> = new Set(['cluster', 'scope', 'listener']);

/** What a response holds: all that the client then has, or of types that it asks for by name only what changed. */
export function stateOfTheWorld(
  kind: ResourceKind,
  { held }: Subscription,
  sent: ReadonlyMap<string, Held>,
  removed: readonly string[],
): Resource[] {
  if (WHOLE.has(kind)) return resourcesOf(held.values());
  if (kind !== 'endpoint') return resourcesOf(sent.values());
  const empty = removed.map((name) => encodeResource(name, ClusterLoadAssignment, emptyLoadAssignment(name)));
  return [...resourcesOf(sent.values()), ...empty];
}

export function resourcesOf(held: Iterable<Held>): Resource[] {
  return [...held].flatMap(({ resource }) => resource ?? []);
}
