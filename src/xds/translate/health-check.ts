import type { HealthCheck as EnvoyHealthCheck } from '../../../gen/envoy-api/envoy/config/core/v3/health_check';
import { HealthCheck } from '../../../gen/envoy-api/envoy/config/core/v3/health_check';
import { CodecClientType } from '../../../gen/envoy-api/envoy/type/v3/http';
import type { Upstream } from '../../gateway';
import { seconds } from './duration';

/**
 * envoy.config.core.v3.HealthCheck of an upstream's hc_* columns. On gRPC upstreams the path `/` means that the port
 * accepts connections, since a gRPC server need not serve HTTP or grpc.health.v1; any other text is the name of the
 * service that grpc.health.v1 is asked for. `no_traffic_interval` equals the interval, so that idle clusters are
 * checked as often as busy ones.
 */
export function healthChecks(upstream: Upstream): EnvoyHealthCheck[] {
  const check = upstream.healthCheck;
  if (!check) return [];
  return [
    HealthCheck.fromPartial({
      timeout: seconds(check.timeoutSeconds),
      interval: seconds(check.intervalSeconds),
      noTrafficInterval: seconds(check.intervalSeconds),
      noTrafficHealthyInterval: seconds(check.intervalSeconds),
      unhealthyThreshold: check.unhealthyThreshold,
      healthyThreshold: check.healthyThreshold,
      ...checker(upstream, check.path, check.host),
    }),
  ];
}

function checker(upstream: Upstream, path: string, host: string): Partial<EnvoyHealthCheck> {
  if (upstream.grpc) {
    if (path === '/' || path === '') return { tcpHealthCheck: { receive: [] } };
    return { grpcHealthCheck: { serviceName: path, authority: host, initialMetadata: [] } };
  }
  const http2 = upstream.transport === 'h2' || upstream.transport === 'h2c';
  return {
    httpHealthCheck: HealthCheck.fromPartial({
      httpHealthCheck: { path, host, codecClientType: http2 ? CodecClientType.HTTP2 : CodecClientType.HTTP1 },
    }).httpHealthCheck,
  };
}
