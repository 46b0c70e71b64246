import { gunzipSync } from 'node:zlib';
import type { FileRegistry } from '@bufbuild/protobuf';
import { createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { DESCRIPTORS } from '../../../gen/envoy-api/descriptors';

let registry: FileRegistry | undefined;

/** Descriptors of the part of Envoy's API that proto/files.json lists, with its rules; read at the first call. */
export function envoyDescriptors(): FileRegistry {
  registry ??= createFileRegistry(fromBinary(FileDescriptorSetSchema, gunzipSync(Buffer.from(DESCRIPTORS, 'base64'))));
  return registry;
}
