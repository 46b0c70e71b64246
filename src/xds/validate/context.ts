import type { DescMessage } from '@bufbuild/protobuf';
import type { RuleReader } from './rules/read';
import type { Check } from './violation';

/** A message as protobuf-es decodes it, by the local names of its fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** A google.protobuf.Any, decoded. */
export interface Packed {
  readonly typeUrl: string;
  readonly value: Uint8Array;
}

/** What the checks of fields are compiled with. */
export interface Context {
  readonly rules: RuleReader;
  /** The check of all messages of a type, compiled once; undefined when nothing in them can be wrong. */
  messageCheck(type: DescMessage): Check<Fields> | undefined;
  /** The check of what is packed in an Any. */
  readonly packedCheck: Check<Packed>;
}
