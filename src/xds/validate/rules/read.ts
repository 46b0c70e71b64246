import type { DescEnum, DescExtension, DescField, DescMessage, DescOneof, FileRegistry, Message } from '@bufbuild/protobuf';
import { getOption, hasOption } from '@bufbuild/protobuf';
import type { ReflectMessage } from '@bufbuild/protobuf/reflect';
import { reflect } from '@bufbuild/protobuf/reflect';
import type { FieldRules } from './types';

/** What the options of Envoy's API say of its messages. */
export interface RuleReader {
  /** The rules of `(validate.rules)`. @throws Error for a rule that the checks do not know */
  rulesOf(field: DescField): FieldRules;
  /** `(validate.required)`: one of the fields must be set. */
  isRequired(oneof: DescOneof): boolean;
  /** `(validate.disabled)`: no rule in the message counts. */
  isDisabled(message: DescMessage): boolean;
  /** `(envoy.annotations.disallowed_by_default)`: Envoy refuses the field where it is set, unless its runtime settings allow it. */
  isDisallowed(field: DescField): boolean;
  /** The numbers of `(envoy.annotations.disallowed_by_default_enum)`, refused like such fields. */
  disallowedValues(type: DescEnum): ReadonlySet<number>;
}

/**
 * Rules that the checks leave out, as no message of the API has them; patterns on bytes are another. A message that came with
 * one would be checked by halves, so that it is an error.
 */
const NOT_CHECKED = ['email', 'no_sparse', 'lt_now', 'gt_now', 'within'];

/** @param registry must have validate/validate.proto and envoy/annotations/deprecation.proto */
export function readRules(registry: FileRegistry): RuleReader {
  const extension = (name: string): DescExtension => {
    const found = registry.getExtension(name);
    if (!found) throw new Error(`the descriptors of Envoy's API lack the option ${name}`);
    return found;
  };
  const rules = extension('validate.rules');
  const required = extension('validate.required');
  const disabled = extension('validate.disabled');
  const disallowed = extension('envoy.annotations.disallowed_by_default');
  const disallowedEnum = extension('envoy.annotations.disallowed_by_default_enum');
  const rulesMessage = rules.message as DescMessage;
  return {
    rulesOf: (field) =>
      hasOption(field, rules) ? (plain(reflect(rulesMessage, getOption(field, rules) as Message), field) as FieldRules) : {},
    isRequired: (oneof) => getOption(oneof, required) === true,
    isDisabled: (message) => getOption(message, disabled) === true,
    isDisallowed: (field) => getOption(field, disallowed) === true,
    disallowedValues: (type) =>
      new Set(type.values.filter((value) => getOption(value, disallowedEnum) === true).map((value) => value.number)),
  };
}

const NANOS = 1_000_000_000n;

/** The fields that are set, and those alone: proto2's defaults would look like rules. */
function plain(message: ReflectMessage, of: DescField): Record<string, unknown> | bigint {
  if (message.desc.typeName === 'google.protobuf.Duration' || message.desc.typeName === 'google.protobuf.Timestamp') {
    const { seconds, nanos } = message.message as unknown as { seconds: bigint; nanos: number };
    return seconds * NANOS + BigInt(nanos);
  }
  const value: Record<string, unknown> = {};
  for (const field of message.fields) {
    if (!message.isSet(field)) continue;
    if (NOT_CHECKED.includes(field.name) || (field.name === 'pattern' && message.desc.name === 'BytesRules')) {
      throw new Error(`${of.toString()} has the rule ${field.name}, which is not checked`);
    }
    const set: unknown = message.get(field);
    if (field.fieldKind === 'message') value[field.localName] = plain(set as ReflectMessage, of);
    else if (field.fieldKind !== 'list') value[field.localName] = set;
    else
      value[field.localName] = [...(set as Iterable<unknown>)].map((item) =>
        field.message ? plain(item as ReflectMessage, of) : item,
      );
  }
  return value;
}
