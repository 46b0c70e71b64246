import { BinaryWriter } from '@bufbuild/protobuf/wire';
import type { DeltaDiscoveryRequest, DiscoveryRequest } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import {
  DeltaDiscoveryResponse,
  DiscoveryResponse,
  Resource as ResourceCodec,
} from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import { Any } from '../../../gen/envoy-api/google/protobuf/any';
import type { Resource } from '../resource';
import { KINDS, TYPE_URLS } from '../translate';
import type { ResourceKind } from '../translate';
import type { Delivery, Request, Variant } from './protocol';

/** Field 2 of DiscoveryResponse and of DeltaDiscoveryResponse, `resources`, length-delimited. */
const RESOURCES_TAG = (2 << 3) | 2;

const IDENTIFIER = 'enroute-gateway';

/** @throws Error when the type is not one that is served */
export function readRequest(request: DiscoveryRequest): Request {
  return { kind: kindOf(request.typeUrl), ...readAsked(request) };
}

/** A request of whatever type. */
export function readAsked(request: DiscoveryRequest): Omit<Request, 'kind'> {
  return {
    nonce: request.responseNonce,
    rejection: request.errorDetail?.message,
    asks: { names: request.resourceNames },
    has: request.versionInfo,
  };
}

/** @throws Error when the type is not one that is served */
export function readDeltaRequest(request: DeltaDiscoveryRequest): Request {
  return { kind: kindOf(request.typeUrl), ...readDeltaAsked(request) };
}

/** An incremental request of whatever type. */
export function readDeltaAsked(request: DeltaDiscoveryRequest): Omit<Request, 'kind'> {
  return {
    nonce: request.responseNonce,
    rejection: request.errorDetail?.message,
    asks: { subscribe: request.resourceNamesSubscribe, unsubscribe: request.resourceNamesUnsubscribe },
    has: new Map(Object.entries(request.initialResourceVersions)),
  };
}

/** The bytes of an envoy.service.discovery.v3.DiscoveryResponse or DeltaDiscoveryResponse. */
export function encodeDelivery(variant: Variant, delivery: Omit<Delivery, 'since'>): Buffer {
  return encodeResponse(variant, TYPE_URLS[delivery.kind], delivery);
}

/** The same of whatever type. */
export function encodeResponse(variant: Variant, typeUrl: string, delivery: Omit<Delivery, 'kind' | 'since'>): Buffer {
  const { nonce, version, resources, removed } = delivery;
  const common = { typeUrl, nonce: String(nonce), controlPlane: { identifier: IDENTIFIER } };
  const head =
    variant === 'delta'
      ? DeltaDiscoveryResponse.encode(
          DeltaDiscoveryResponse.fromPartial({ ...common, systemVersionInfo: version, removedResources: [...removed] }),
        )
      : DiscoveryResponse.encode(DiscoveryResponse.fromPartial({ ...common, versionInfo: version }));
  return Buffer.concat([head.finish(), ...resources.map((resource) => fieldOf(variant, resource, typeUrl))]);
}

/** Each resource as a field of a response, made once however often and to however many clients it is sent. */
const fields: Readonly<Record<Variant, WeakMap<Resource, Buffer>>> = {
  'state of the world': new WeakMap(),
  delta: new WeakMap(),
};

function fieldOf(variant: Variant, resource: Resource, typeUrl: string): Buffer {
  const known = fields[variant].get(resource);
  if (known) return known;
  const { name, version, bytes } = resource;
  const message =
    variant === 'delta'
      ? ResourceCodec.encode(ResourceCodec.fromPartial({ name, version, resource: { typeUrl, value: bytes } })).finish()
      : Any.encode({ typeUrl, value: bytes }).finish();
  const field = Buffer.concat([new BinaryWriter().uint32(RESOURCES_TAG).uint32(message.length).finish(), message]);
  fields[variant].set(resource, field);
  return field;
}

function kindOf(typeUrl: string): ResourceKind {
  const kind = KINDS.find((candidate) => TYPE_URLS[candidate] === typeUrl);
  if (!kind) throw new Error(`resources of type ${JSON.stringify(typeUrl)} are not served here`);
  return kind;
}
