import type { DescMessage, FileRegistry } from '@bufbuild/protobuf';
import { fromBinary } from '@bufbuild/protobuf';
import { EmptySchema } from '@bufbuild/protobuf/wkt';
import type { Context, Fields, Packed } from './context';
import { compileMessage } from './message';
import { readRules } from './rules/read';
import type { Check, Found, Violation } from './violation';

/**
 * @param registry must have the options that `readRules` reads
 * @returns what `violations` does, for the messages of the registry
 */
export function createValidator(registry: FileRegistry): (typeUrl: string, bytes: Uint8Array) => readonly Violation[] {
  const compiled = new Map<DescMessage, Check<Fields> | undefined>();
  const context: Context = {
    rules: readRules(registry),
    messageCheck(type) {
      if (!compiled.has(type)) compiled.set(type, compileMessage(type, context));
      return compiled.get(type);
    },
    packedCheck({ typeUrl, value }, found) {
      const type = registry.getMessage(typeNameOf(typeUrl));
      if (type) checkEncoded(type, value, found);
      else checkUnknown({ typeUrl, value }, found);
    },
  };

  function checkEncoded(type: DescMessage, bytes: Uint8Array, found: Found[]): void {
    const message = decode(type, bytes, found);
    if (message) context.messageCheck(type)?.(message, found);
  }

  return (typeUrl, bytes) => {
    const type = registry.getMessage(typeNameOf(typeUrl));
    if (!type) throw new Error(`there is no message of the type ${typeUrl} among those of proto/files.json`);
    const found: Found[] = [];
    checkEncoded(type, bytes, found);
    return found;
  };
}

/**
 * A type that is not known here may be known to Envoy, so that all that can be said is whether the bytes are a message of some
 * type. An Any with nothing in it is one that is not set.
 */
function checkUnknown({ typeUrl, value }: Packed, found: Found[]): void {
  if (typeUrl === '' && value.length === 0) return;
  if (typeNameOf(typeUrl) === '')
    found.push({ path: 'type_url', message: 'value must end with a slash and the name of a message type' });
  decode(EmptySchema, value, found);
}

/** The name behind the last slash; empty when there is none. */
function typeNameOf(typeUrl: string): string {
  const slash = typeUrl.lastIndexOf('/');
  return slash < 0 ? '' : typeUrl.slice(slash + 1);
}

/** Undefined, and a violation, when the bytes are no message of the type: cut off, of another wire type, or with bad UTF-8 in a text. */
function decode(type: DescMessage, bytes: Uint8Array, found: Found[]): Fields | undefined {
  try {
    return fromBinary(type, bytes, { readUnknownFields: false }) as unknown as Fields;
  } catch (error) {
    const what = type === EmptySchema ? 'a message' : type.typeName;
    found.push({ path: '', message: `value cannot be decoded as ${what}: ${(error as Error).message}` });
    return undefined;
  }
}
