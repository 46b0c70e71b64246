import type { DescExtension, DescMessage, FileRegistry, JsonValue, Message } from '@bufbuild/protobuf';
import { create, createFileRegistry, fromJson, setExtension, toBinary } from '@bufbuild/protobuf';
import type { FieldDescriptorProto } from '@bufbuild/protobuf/wkt';
import {
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FieldDescriptorProtoSchema,
  FieldOptionsSchema,
  FileDescriptorProtoSchema,
  MessageOptionsSchema,
  OneofOptionsSchema,
} from '@bufbuild/protobuf/wkt';
import { envoyDescriptors } from '../../../src/xds/validate/descriptors';
import { createValidator } from '../../../src/xds/validate/validator';
import type { Violation } from '../../../src/xds/validate/violation';

/** A field of a message made up for a test, with rules in their JSON form. */
export interface RuledField {
  /** A scalar's name as in a proto file, or the full name of a message or enum. */
  readonly type: string;
  readonly label?: 'repeated' | 'map' | 'optional';
  readonly rules?: JsonValue;
}

export interface RuledOptions {
  /** Puts all fields into one oneof, `choice`. */
  readonly oneof?: 'plain' | 'required';
  readonly disabled?: boolean;
}

/** The check of a message `test.Ruled` with those fields, on the message in its JSON form. */
export function ruledMessage(
  fields: Readonly<Record<string, RuledField>>,
  options: RuledOptions = {},
): (value: JsonValue) => readonly Violation[] {
  const registry = registryWith(fields, options);
  const type = registry.getMessage('test.Ruled') as DescMessage;
  const validate = createValidator(registry);
  return (value) => validate('test/test.Ruled', toBinary(type, fromJson(type, value, { registry })));
}

const envoy = envoyDescriptors();

function registryWith(fields: Readonly<Record<string, RuledField>>, { oneof, disabled }: RuledOptions): FileRegistry {
  const entries = Object.entries(fields);
  const message = {
    name: 'Ruled',
    field: entries.map(([name, field], index) => described(name, field, index + 1, oneof !== undefined)),
    nestedType: entries.filter(([, { label }]) => label === 'map').map(([name, field]) => mapEntry(name, field)),
    oneofDecl: oneof
      ? [
          {
            name: 'choice',
            options: oneof === 'required' ? set(create(OneofOptionsSchema), 'validate.required', true) : undefined,
          },
        ]
      : [],
    options: disabled ? set(create(MessageOptionsSchema), 'validate.disabled', true) : undefined,
  };
  const optional = entries.filter(([, { label }]) => label === 'optional');
  for (const [name] of optional) message.oneofDecl.push({ name: `_${name}`, options: undefined });
  const file = create(FileDescriptorProtoSchema, {
    name: 'test/ruled.proto',
    package: 'test',
    syntax: 'proto3',
    dependency: [
      'envoy/config/route/v3/route.proto',
      'envoy/config/core/v3/base.proto',
      ...WELL_KNOWN,
      'validate/validate.proto',
      'envoy/annotations/deprecation.proto',
    ],
    messageType: [message],
  });
  return createFileRegistry(file, (name) => envoy.getFile(name));
}

const WELL_KNOWN = ['any', 'duration', 'timestamp', 'wrappers', 'struct'].map((name) => `google/protobuf/${name}.proto`);

function described(name: string, { type, label, rules }: RuledField, number: number, inOneof: boolean): FieldDescriptorProto {
  return create(FieldDescriptorProtoSchema, {
    name,
    number,
    ...(label === 'map' ? { type: FieldDescriptorProto_Type.MESSAGE, typeName: `.test.Ruled.${entryName(name)}` } : typed(type)),
    label: label === 'repeated' || label === 'map' ? FieldDescriptorProto_Label.REPEATED : FieldDescriptorProto_Label.OPTIONAL,
    ...(inOneof ? { oneofIndex: 0 } : label === 'optional' ? { oneofIndex: 0, proto3Optional: true } : {}),
    options: rules === undefined ? undefined : set(create(FieldOptionsSchema), 'validate.rules', ruleMessage(rules)),
  });
}

function mapEntry(name: string, { type }: RuledField): object {
  const field = (part: string, number: number, of: string): FieldDescriptorProto => described(part, { type: of }, number, false);
  return { name: entryName(name), field: [field('key', 1, 'string'), field('value', 2, type)], options: { mapEntry: true } };
}

function entryName(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}Entry`;
}

function typed(type: string): { readonly type: FieldDescriptorProto_Type; readonly typeName?: string } {
  const scalar = FieldDescriptorProto_Type[type.toUpperCase() as keyof typeof FieldDescriptorProto_Type];
  if (scalar !== undefined) return { type: scalar };
  const { MESSAGE, ENUM } = FieldDescriptorProto_Type;
  return { type: envoy.getEnum(type) ? ENUM : MESSAGE, typeName: `.${type}` };
}

function ruleMessage(rules: JsonValue): Message {
  return fromJson(envoy.getMessage('validate.FieldRules') as DescMessage, rules);
}

function set<T extends Message>(options: T, name: string, value: unknown): T {
  setExtension(options, envoy.getExtension(name) as DescExtension, value as never);
  return options;
}
