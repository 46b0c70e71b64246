import type { CircuitBreakers as EnvoyCircuitBreakers } from '../../../../gen/envoy-api/envoy/config/cluster/v3/circuit_breaker';
import { CircuitBreakers as Codec } from '../../../../gen/envoy-api/envoy/config/cluster/v3/circuit_breaker';
import type { CircuitBreakers } from '../../../gateway';

/** route_filter_circuitbreakers: one threshold of default priority; 0 leaves Envoy's default. */
export function circuitBreakers(filter: CircuitBreakers | undefined): EnvoyCircuitBreakers | undefined {
  if (!filter) return undefined;
  return Codec.fromPartial({
    thresholds: [
      {
        maxConnections: filter.maxConnections || undefined,
        maxPendingRequests: filter.maxPendingRequests || undefined,
        maxRequests: filter.maxRequests || undefined,
        maxRetries: filter.maxRetries || undefined,
      },
    ],
  });
}
