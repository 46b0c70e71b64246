import { createHash } from 'node:crypto';
import type { BinaryWriter } from '@bufbuild/protobuf/wire';
import type { Any } from '../../gen/envoy-api/google/protobuf/any';

/** One xDS resource, encoded once. Its version is derived from its content, so every instance gives the same content the same version. */
export interface Resource {
  readonly name: string;
  /** The encoded message. */
  readonly bytes: Buffer;
  /** Hash of the bytes, 16 hex digits. */
  readonly version: string;
}

/** What the generated code offers for a message. */
export interface Codec<T> {
  readonly $type: string;
  encode(message: T): BinaryWriter;
}

/** @param message must carry its xDS name in `name`, as the caller gives it */
export function encodeResource<T>(name: string, codec: Codec<T>, message: T): Resource {
  const bytes = Buffer.from(codec.encode(message).finish());
  return { name, bytes, version: hashOf(bytes) };
}

export function pack<T>(codec: Codec<T>, message: T): Any {
  return { typeUrl: `type.googleapis.com/${codec.$type}`, value: Buffer.from(codec.encode(message).finish()) };
}

/** 16 hex digits that identify the content. */
export function hashOf(content: Buffer | string): string {
  return createHash('sha1').update(content).digest('hex').slice(0, 16);
}

/** The version of a set of resources: the same for the same names and contents, in whatever order they came. */
export function versionOfSet(resources: Iterable<Resource>): string {
  const lines = [...resources].map((resource) => `${resource.name}\0${resource.version}\n`).sort();
  const hash = createHash('sha1');
  for (const line of lines) hash.update(line);
  return hash.digest('hex').slice(0, 16);
}
