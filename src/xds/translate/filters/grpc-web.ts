import { GrpcWeb } from '../../../../gen/envoy-api/envoy/extensions/filters/http/grpc_web/v3/grpc_web';
import { HttpFilter } from '../../../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import { pack } from '../../resource';

export const GRPC_WEB_FILTER = 'envoy.filters.http.grpc_web';

/** gRPC-Web from browsers becomes gRPC; on every connection manager. */
export const grpcWebFilter: HttpFilter = HttpFilter.fromPartial({
  name: GRPC_WEB_FILTER,
  typedConfig: pack(GrpcWeb, GrpcWeb.fromPartial({})),
});
