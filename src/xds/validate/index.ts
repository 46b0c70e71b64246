import { envoyDescriptors } from './descriptors';
import { createValidator } from './validator';
import type { Violation } from './violation';

export type { Violation } from './violation';

let validate: ReturnType<typeof createValidator> | undefined;

/**
 * For what Envoy would refuse a resource by the resource alone: the rules that its API states (protoc-gen-validate), durations
 * that it cannot count, fields and values that it has given up, and regular expressions beyond RE2 — also in what is packed in
 * a google.protobuf.Any. Whether names lead anywhere, and what an extension checks in its own code, is not looked at.
 *
 * The first call reads the descriptors (some 0.1 s); a type's rules are compiled when its first message is met.
 * @param typeUrl e.g. `type.googleapis.com/envoy.config.cluster.v3.Cluster`
 * @param bytes the encoded message; bytes that are none are a violation with the path ''
 * @returns empty when the resource is good
 * @throws Error for a type that proto/files.json does not bring along
 */
export function violations(typeUrl: string, bytes: Uint8Array): readonly Violation[] {
  validate ??= createValidator(envoyDescriptors());
  return validate(typeUrl, bytes);
}
