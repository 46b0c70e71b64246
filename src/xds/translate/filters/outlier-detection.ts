import type { OutlierDetection as EnvoyOutlierDetection } from '../../../../gen/envoy-api/envoy/config/cluster/v3/outlier_detection';
import { OutlierDetection as Codec } from '../../../../gen/envoy-api/envoy/config/cluster/v3/outlier_detection';
import type { OutlierDetection } from '../../../gateway';

/**
 * route_filter_outlierdetection; 0 leaves Envoy's default. One upstream may always be ejected: by Envoy's default limit of
 * 10 percent alone, none of fewer than ten ever would be.
 */
export function outlierDetection(filter: OutlierDetection | undefined): EnvoyOutlierDetection | undefined {
  if (!filter) return undefined;
  return Codec.fromPartial({
    consecutive5xx: filter.consecutive5xx || undefined,
    enforcingConsecutive5xx: filter.enforcingConsecutive5xx || undefined,
    consecutiveGatewayFailure: filter.consecutiveGatewayFailure || undefined,
    enforcingConsecutiveGatewayFailure: filter.enforcingConsecutiveGatewayFailure || undefined,
    alwaysEjectOneHost: true,
  });
}
