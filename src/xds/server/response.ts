import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { DiscoveryResponse } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import { Any } from '../../../gen/envoy-api/google/protobuf/any';
import type { Resource } from '../resource';

/** Field 2 of DiscoveryResponse, `resources`, length-delimited. */
const RESOURCES_TAG = (2 << 3) | 2;

/** Each resource as a field of a response, made once however often and to however many clients it is sent. */
const fields = new WeakMap<Resource, Buffer>();

/** The bytes of an envoy.service.discovery.v3.DiscoveryResponse. */
export function encodeResponse(
  { typeUrl, versionInfo, nonce }: { readonly typeUrl: string; readonly versionInfo: string; readonly nonce: string },
  resources: readonly Resource[],
): Buffer {
  const head = DiscoveryResponse.encode(
    DiscoveryResponse.fromPartial({ typeUrl, versionInfo, nonce, controlPlane: { identifier: 'enroute-gateway' } }),
  ).finish();
  return Buffer.concat([head, ...resources.map((resource) => fieldOf(resource, typeUrl))]);
}

function fieldOf(resource: Resource, typeUrl: string): Buffer {
  const known = fields.get(resource);
  if (known) return known;
  const any = Any.encode({ typeUrl, value: resource.bytes }).finish();
  const field = Buffer.concat([new BinaryWriter().uint32(RESOURCES_TAG).uint32(any.length).finish(), any]);
  fields.set(resource, field);
  return field;
}
