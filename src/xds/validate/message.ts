import type { DescField, DescMessage, DescOneof, Message } from '@bufbuild/protobuf';
import { isFieldSet } from '@bufbuild/protobuf';
import { checkRegex } from '../../validation';
import type { Context, Fields } from './context';
import { fieldCheck } from './field';
import type { Check } from './violation';
import { nest } from './violation';

/** Their field `regex` is given to RE2, with limits that the rules do not state. */
const REGEX_MATCHERS = ['envoy.type.matcher.v3.RegexMatcher', 'xds.type.matcher.v3.RegexMatcher'];

/** The check of all messages of a type; undefined when nothing in them can be wrong. */
export function compileMessage(type: DescMessage, context: Context): Check<Fields> | undefined {
  if (context.rules.isDisabled(type)) return undefined;
  const checks: Check<Fields>[] = [];
  for (const member of type.members) {
    const check = member.kind === 'oneof' ? oneofCheck(member, context) : memberCheck(member, context);
    if (check) checks.push(check);
  }
  if (REGEX_MATCHERS.includes(type.typeName)) checks.push(regexCheck);
  if (checks.length === 0) return undefined;
  return (message, found) => {
    for (const check of checks) check(message, found);
  };
}

const DEPRECATED = 'the field is deprecated and refused';

function memberCheck(field: DescField, context: Context): Check<Fields> | undefined {
  const check = fieldCheck(field, context);
  const refused = context.rules.isDisallowed(field);
  if (!check && !refused) return undefined;
  const { name, localName } = field;
  return nested(name, (message, found) => {
    if (refused && isFieldSet(message as unknown as Message, field)) found.push({ path: '', message: DEPRECATED });
    check?.(message[localName], found);
  });
}

interface Choice {
  readonly case: string | undefined;
  readonly value?: unknown;
}

/** Rules count for the field of a oneof that is set, and for no other. */
function oneofCheck(oneof: DescOneof, context: Context): Check<Fields> | undefined {
  const checks = new Map<string, Check<unknown>>();
  for (const field of oneof.fields) {
    const check = fieldCheck(field, context);
    const refused = context.rules.isDisallowed(field);
    const chosen: Check<unknown> = (value, found) => {
      if (refused) found.push({ path: '', message: DEPRECATED });
      check?.(value, found);
    };
    if (check || refused) checks.set(field.localName, nested(field.name, chosen));
  }
  const required = context.rules.isRequired(oneof);
  if (checks.size === 0 && !required) return undefined;
  const { name, localName } = oneof;
  const missing = `one of ${oneof.fields.map((field) => field.name).join(', ')} is required`;
  return (message, found) => {
    const choice = message[localName] as Choice;
    if (choice.case !== undefined) checks.get(choice.case)?.(choice.value, found);
    else if (required) found.push({ path: name, message: missing });
  };
}

function nested<T>(name: string, check: Check<T>): Check<T> {
  return (value, found) => {
    const from = found.length;
    check(value, found);
    if (found.length > from) nest(found, from, name);
  };
}

const regexCheck: Check<Fields> = ({ regex }, found) => {
  const checked = checkRegex(regex as string);
  if (!checked.ok) found.push({ path: 'regex', message: checked.message });
};
