import { ClusterLoadAssignment } from '../../../gen/envoy-api/envoy/config/endpoint/v3/endpoint';
import type { LbEndpoint } from '../../../gen/envoy-api/envoy/config/endpoint/v3/endpoint_components';
import { encodeResource } from '../resource';
import type { Resource } from '../resource';
import type { After } from './proxy-config';

interface Checked {
  readonly endpoints: Resource;
  readonly seconds: number;
}

interface Handover {
  readonly resource: Resource;
  readonly leaving: readonly LbEndpoint[];
  readonly cancel: () => void;
}

/** What an Envoy may need beside the check itself, in seconds, until it has the endpoints and heeds the check. */
const GRACE_SECONDS = 1;

/** So that what stands behind gets something only while not one endpoint before it is healthy. */
const POLICY = { overprovisioningFactor: 100_000 };

/**
 * A health-checked endpoint gets nothing before its first check has passed. Where endpoints of such a cluster give way to
 * others, the former ones stay behind them (Envoy's priority 1) for as long as a first check can take: else nobody might
 * serve meanwhile, since those that stay need not be healthy.
 */
export class Handovers {
  readonly #after: After;
  readonly #over: (name: string, endpoints: Resource) => void;
  readonly #checked = new Map<string, Checked>();
  readonly #handovers = new Map<string, Handover>();

  /** @param over told when a handover has ended, with what is to be served from then on */
  constructor(after: After, over: (name: string, endpoints: Resource) => void) {
    this.#after = after;
    this.#over = over;
  }

  /**
   * Takes in the endpoints of a cluster.
   * @param seconds how long a check may take; 0 for unchecked ones
   * @returns what is to be served now
   */
  next(name: string, endpoints: Resource | undefined, seconds: number): Resource | undefined {
    const before = this.#checked.get(name);
    const former = this.#handovers.get(name);
    if (endpoints && seconds > 0) this.#checked.set(name, { endpoints, seconds });
    else this.#checked.delete(name);
    if (before && endpoints?.version === before.endpoints.version) return former?.resource ?? endpoints;
    former?.cancel();
    this.#handovers.delete(name);
    if (!before || !endpoints) return endpoints;
    const handover = this.#handover(name, endpoints, before, former);
    if (handover) this.#handovers.set(name, handover);
    return handover?.resource ?? endpoints;
  }

  stop(): void {
    for (const { cancel } of this.#handovers.values()) cancel();
  }

  #handover(name: string, endpoints: Resource, before: Checked, former: Handover | undefined): Handover | undefined {
    const assignment = ClusterLoadAssignment.decode(endpoints.bytes);
    const own = new Set(membersOf(assignment).map(addressOf));
    const previous = membersOf(ClusterLoadAssignment.decode(before.endpoints.bytes));
    const known = new Set(previous.map(addressOf));
    const isReplaced = [...own].some((address) => !known.has(address));
    const leaving = [...(former?.leaving ?? []), ...(isReplaced ? previous : [])].filter((member) => !own.has(addressOf(member)));
    if (leaving.length === 0) return undefined;
    const unique = [...new Map(leaving.map((member) => [addressOf(member), member])).values()];
    const behind = { lbEndpoints: unique, priority: 1 };
    const resource = encodeResource(
      name,
      ClusterLoadAssignment,
      ClusterLoadAssignment.fromPartial({ ...assignment, endpoints: [...assignment.endpoints, behind], policy: POLICY }),
    );
    const cancel = this.#after((before.seconds + GRACE_SECONDS) * 1_000, () => {
      this.#handovers.delete(name);
      this.#over(name, endpoints);
    });
    return { resource, leaving: unique, cancel };
  }
}

function membersOf({ endpoints }: ClusterLoadAssignment): LbEndpoint[] {
  return endpoints.flatMap(({ lbEndpoints }) => lbEndpoints);
}

function addressOf({ endpoint }: LbEndpoint): string {
  const { address, portValue } = endpoint?.address?.socketAddress ?? {};
  return `${address}:${portValue}`;
}
