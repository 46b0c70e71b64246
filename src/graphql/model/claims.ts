import { PREDICATE_RESULTS } from './aggregate-predicates';
import { comparisonOperators } from './comparison-operators';
import type { Table } from './model';
import { mutations, queries, stream } from './roots';
import type { ColumnType } from './scalars';
import { scalarColumn, STRING_SCALAR } from './scalars';
import { typeNames } from './type-names';

/** Who has a name. */
interface Holder {
  /** As messages say it. */
  readonly owner: string;
  /** Who claims the name with an equal meaning shares it. */
  readonly meaning?: unknown;
}

/** Types that every schema has or may have, beside those of columns. */
const COMMON = ['query_root', 'mutation_root', 'subscription_root', 'order_by', 'cursor_ordering', 'jsonb_cast_exp', 'ID'];
/** GraphQL's own scalars, with what they take. */
const BUILT_IN: ReadonlyMap<string, string> = new Map([
  ['Boolean', 'boolean'],
  ['Float', 'number'],
  ['Int', 'integer'],
  ['String', 'string'],
]);

/** The names of a schema: the first who claims one has it, beginning with the types that every schema has. */
export class Claims {
  /** By name; of the fields of a root type, by `query_root.author`. */
  readonly #held = new Map<string, Holder>();

  constructor() {
    for (const name of COMMON) this.#held.set(name, { owner: 'every schema' });
    for (const [name, meaning] of BUILT_IN) this.#held.set(name, { owner: 'every schema', meaning });
    for (const type of [...PREDICATE_RESULTS, scalarColumn(STRING_SCALAR)]) this.addType(type);
  }

  /** Claims the types of a column, or says why that cannot be. Two types are one in GraphQL when they are compared alike. */
  addType(type: ColumnType): string | undefined {
    const owner = `the Postgres type ${type.sql}`;
    const operands = operandsOf(type);
    for (const scalar of [type.scalar, ...operands.map(([, of]) => of.scalar)]) {
      const { name, input, values } = scalar;
      const reason = this.#add(name, { owner, meaning: values ?? (BUILT_IN.has(name) ? input : 'scalar') });
      if (reason) return reason;
    }
    const comparedAs = JSON.stringify(operands.map(([operator, of]) => [operator, of.name]));
    return this.#add(type.comparison, { owner, meaning: type.scalar.values ?? comparedAs });
  }

  /** Every name that is claimed; that of a field has its root type before a dot. */
  get names(): Iterable<string> {
    return this.#held.keys();
  }

  /** Claims all types and root fields of a table, or says which of them is whose. */
  addTable(table: Table): string | undefined {
    const holder = { owner: table.sql };
    const read = queries(table);
    const keys = [
      ...typeNames(table),
      ...read.map(({ name }) => `query_root.${name}`),
      ...[...read, stream(table)].map(({ name }) => `subscription_root.${name}`),
      ...mutations(table).map(({ name }) => `mutation_root.${name}`),
    ];
    for (const [index, key] of keys.entries()) {
      const reason = this.#add(key, holder);
      if (reason === undefined) continue;
      for (const own of keys.slice(0, index)) this.#held.delete(own);
      return reason;
    }
    return undefined;
  }

  #add(key: string, holder: Holder): string | undefined {
    const other = this.#held.get(key);
    if (!other) {
      this.#held.set(key, holder);
      return undefined;
    }
    if (other.meaning !== undefined && other.meaning === holder.meaning) return undefined;
    const [name, root = ''] = key.split('.').reverse();
    const thing = root === '' ? `type "${name}"` : `field "${name}" of ${root}`;
    return `the ${thing} of ${holder.owner} is already one of ${other.owner}`;
  }
}

function operandsOf(type: ColumnType): [operator: string, type: ColumnType][] {
  return [...comparisonOperators(type)].flatMap(([name, { operand }]) => ('type' in operand ? [[name, operand.type]] : []));
}
