import { GrpcWeb } from '../../../../gen/envoy-api/envoy/extensions/filters/http/grpc_web/v3/grpc_web';
import { pack } from '../../resource';
import { disabledFilter } from './disabled-filter';

export const GRPC_WEB_FILTER = 'envoy.filters.http.grpc_web';

/**
 * gRPC-Web from browsers becomes gRPC, on the routes to upstreams that can speak it. To others, over HTTP/1.1, gRPC-Web goes
 * as it is: some serve that themselves.
 */
export const grpcWebFilter = disabledFilter(GRPC_WEB_FILTER, pack(GrpcWeb, GrpcWeb.fromPartial({})));
