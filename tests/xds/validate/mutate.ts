import type { DescField, DescMessage, FileRegistry } from '@bufbuild/protobuf';
import { create, fromBinary, ScalarType, toBinary } from '@bufbuild/protobuf';
import type { ReflectMessage } from '@bufbuild/protobuf/reflect';
import { reflect } from '@bufbuild/protobuf/reflect';

/** A whole number from 0 up to, and without, the limit. */
export type Random = (limit: number) => number;

/** The same numbers for the same seed. */
export function seededRandom(seed: number): Random {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const TEXTS = ['', 'a', '/a', 'a\nb', '\0', 'x'.repeat(300), 'é\x7f', '(', 'a.test', '127.0.0.1'];
const NUMBERS = [0, 1, 2, 5, 99, 100, 101, 199, 600, 1000, 65_535, 65_536, 2_147_483_647];
const FRACTIONS = [0, 0.5, 1, 100, 100.5, -1];
const DEEPEST = 3;

/** Changes messages here and there, in their nested messages and what is packed in their Anys as well. */
export class Mutator {
  /** @param mayChange tells which fields to leave as they are */
  constructor(
    private readonly registry: FileRegistry,
    private readonly random: Random,
    private readonly mayChange: (field: DescField) => boolean,
  ) {}

  mutate(type: DescMessage, bytes: Uint8Array): Uint8Array {
    const root = reflect(type, fromBinary(type, bytes));
    const places = [...this.#places(root, () => {})];
    for (let left = 1 + this.random(3); left > 0; left -= 1) {
      const { message, repack } = this.#pick(places);
      const field = this.#pick(message.fields);
      if (!this.mayChange(field)) continue;
      if (this.random(3) === 0) message.clear(field);
      else this.#set(message, field, 0);
      repack();
    }
    return toBinary(type, root.message);
  }

  /** Every message inside, each with what puts it back into the Anys that it lies in. */
  *#places(message: ReflectMessage, repack: () => void): Generator<{ message: ReflectMessage; repack: () => void }> {
    if (message.desc.typeName === 'google.protobuf.Any') {
      const any = message.message as unknown as { typeUrl: string; value: Uint8Array };
      const type = this.registry.getMessage(any.typeUrl.slice(any.typeUrl.lastIndexOf('/') + 1));
      if (!type) return;
      const inner = reflect(type, fromBinary(type, any.value));
      yield* this.#places(inner, () => {
        any.value = toBinary(type, inner.message);
        repack();
      });
      return;
    }
    if (message.desc.typeName.startsWith('google.protobuf.')) return;
    if (message.fields.length > 0) yield { message, repack };
    for (const field of message.fields) {
      if (!field.message || !message.isSet(field)) continue;
      const value: unknown = message.get(field);
      if (field.fieldKind === 'message') yield* this.#places(value as ReflectMessage, repack);
      else if (field.fieldKind === 'list')
        for (const item of value as Iterable<ReflectMessage>) yield* this.#places(item, repack);
      else for (const [, item] of value as Iterable<[unknown, ReflectMessage]>) yield* this.#places(item, repack);
    }
  }

  #set(message: ReflectMessage, field: DescField, depth: number): void {
    if (field.fieldKind === 'list') message.get(field).add(this.#value(field, depth));
    else if (field.fieldKind === 'map') message.get(field).set(this.#pick(['', 'a']), this.#value(field, depth));
    else message.set(field, this.#value(field, depth));
  }

  #value(field: DescField, depth: number): unknown {
    if (field.message) return this.#fresh(field.message, depth + 1);
    if (field.enum) return this.#pick([...field.enum.values.map(({ number }) => number), 99]);
    return this.#scalar(field.scalar as ScalarType);
  }

  #fresh(type: DescMessage, depth: number): ReflectMessage {
    const message = reflect(type, create(type));
    if (type.typeName === 'google.protobuf.Any' || depth > DEEPEST) return message;
    for (const field of type.fields) if (this.mayChange(field) && this.random(3) === 0) this.#set(message, field, depth);
    return message;
  }

  #scalar(type: ScalarType): unknown {
    switch (type) {
      case ScalarType.STRING:
        return this.#pick(TEXTS);
      case ScalarType.BYTES:
        return Buffer.from(this.#pick(TEXTS));
      case ScalarType.BOOL:
        return this.random(2) === 1;
      case ScalarType.FLOAT:
      case ScalarType.DOUBLE:
        return this.#pick(FRACTIONS);
      case ScalarType.INT64:
      case ScalarType.UINT64:
      case ScalarType.FIXED64:
      case ScalarType.SFIXED64:
      case ScalarType.SINT64:
        return BigInt(this.#pick(NUMBERS));
      default:
        return this.#pick(NUMBERS);
    }
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.random(list.length)] as T;
  }
}
