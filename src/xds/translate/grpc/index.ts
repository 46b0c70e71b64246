/** What gRPC clients without a proxy are given: resources that no client has but by name. */
export { unreachable } from './cluster';
export { apiListener, refusalListener } from './listener';
export { grpcRoutesName, isProxyListener, isRefusalName, serviceIdOf } from './names';
export { translateGrpcService } from './service';
export type { GrpcService } from './service';
