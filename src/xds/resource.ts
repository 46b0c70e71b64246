import { createHash } from 'node:crypto';
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import type { Any } from '../../gen/envoy-api/google/protobuf/any';

/** One xDS resource, encoded once. Its version is derived from its content, so every instance gives the same content the same version. */
export interface Resource {
  readonly name: string;
  /** The encoded message. */
  readonly bytes: Buffer;
  /** Hash of the bytes, 16 hex digits. */
  readonly version: string;
  /** Hash of the name and the bytes, 64 bits: what it adds to the version of a set. */
  readonly digest: bigint;
}

/** What the generated code offers for a message. */
export interface Codec<T> {
  readonly $type: string;
  encode(message: T): BinaryWriter;
}

/** @param message must carry its xDS name in `name`, as the caller gives it */
export function encodeResource<T>(name: string, codec: Codec<T>, message: T): Resource {
  const bytes = Buffer.from(codec.encode(message).finish());
  return resourceOf(name, bytes, hashOf(bytes));
}

/** @param version tells contents of the same name apart */
export function resourceOf(name: string, bytes: Buffer, version: string): Resource {
  return { name, bytes, version, digest: BigInt(`0x${hashOf(`${name}\0${version}`)}`) };
}

export function typeUrlOf({ $type }: Pick<Codec<never>, '$type'>): string {
  return `type.googleapis.com/${$type}`;
}

export function pack<T>(codec: Codec<T>, message: T): Any {
  return { typeUrl: typeUrlOf(codec), value: Buffer.from(codec.encode(message).finish()) };
}

/**
 * A resource made of a head and parts that are encoded already, all in one field: they are joined, not encoded again.
 * @param tag the field's number and wire type 2
 */
export function joinResource(name: string, head: Uint8Array, tag: number, parts: readonly Resource[]): Resource {
  const own = resourceOf('', Buffer.from(head), hashOf(Buffer.from(head)));
  const bytes = Buffer.concat([head, ...parts.map((part) => fieldOf(part, tag))]);
  return resourceOf(name, bytes, versionOfSet([own, ...parts]));
}

/** Each part as a field, made once. */
const fields = new WeakMap<Resource, Buffer>();

function fieldOf(part: Resource, tag: number): Buffer {
  const known = fields.get(part);
  if (known) return known;
  const field = Buffer.concat([new BinaryWriter().uint32(tag).uint32(part.bytes.length).finish(), part.bytes]);
  fields.set(part, field);
  return field;
}

/** 16 hex digits that identify the content. */
export function hashOf(content: Buffer | string): string {
  return createHash('sha1').update(content).digest('hex').slice(0, 16);
}

/** The version of a set of resources, 16 hex digits: the same for the same names and contents, in whatever order they come. */
export function versionOfSet(resources: Iterable<Resource>): string {
  let sum = 0n;
  for (const { digest } of resources) sum += digest;
  return BigInt.asUintN(64, sum).toString(16).padStart(16, '0');
}
