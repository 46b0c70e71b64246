import type { Column } from './model';
import { perTable } from './per-table';
import type { ColumnType } from './scalars';
import { INT_SCALAR, STRING_SCALAR, scalarColumn } from './scalars';

/** An update operator of `update_T`: which columns take it, the value's type, and what is assigned. */
export interface UpdateOperator {
  readonly name: string;
  /** The suffix of its input type: `T_set_input`. */
  readonly input: string;
  readonly description: string;
  takes(column: Column): boolean;
  valueType(column: Column): ColumnType;
  /** The operator between the column and the value; undefined assigns the value itself. */
  readonly infix?: string;
  /** The value stands before the column. */
  readonly valueFirst?: boolean;
  /** The input type's description where it is not the operator's. */
  readonly inputDescription?: string;
  /** Its value is a list of the value type. */
  readonly takesList?: boolean;
  /** Its value may be null whatever the column is. */
  readonly takesNull?: boolean;
}

const isJsonb = (column: Column): boolean => column.type.sql === 'jsonb';
const own = (column: Column): ColumnType => column.type;

const UPDATE_OPERATORS: readonly UpdateOperator[] = [
  {
    name: '_set',
    input: 'set_input',
    description: 'sets the columns of the filtered rows to the given values',
    inputDescription: 'input type for updating data in table',
    takes: () => true,
    valueType: own,
  },
  {
    name: '_inc',
    input: 'inc_input',
    description: 'increments the numeric columns with given value of the filtered values',
    inputDescription: 'input type for incrementing numeric columns in table',
    takes: (column) => column.type.scalar.numeric && !column.type.isArray,
    valueType: own,
    infix: '+',
  },
  {
    name: '_append',
    input: 'append_input',
    description: 'append existing jsonb value of filtered columns with new jsonb value',
    takes: isJsonb,
    valueType: own,
    infix: '||',
  },
  {
    name: '_prepend',
    input: 'prepend_input',
    description: 'prepend existing jsonb value of filtered columns with new jsonb value',
    takes: isJsonb,
    valueType: own,
    infix: '||',
    valueFirst: true,
  },
  {
    name: '_delete_key',
    input: 'delete_key_input',
    description: 'delete key/value pair or string element. key/value pairs are matched based on their key value',
    takes: isJsonb,
    valueType: () => scalarColumn(STRING_SCALAR),
    infix: '-',
    takesNull: true,
  },
  {
    name: '_delete_elem',
    input: 'delete_elem_input',
    description:
      'delete the array element with specified index (negative integers count from the end). throws an error if top level container is not an array',
    takes: isJsonb,
    valueType: () => scalarColumn(INT_SCALAR),
    infix: '-',
  },
  {
    name: '_delete_at_path',
    input: 'delete_at_path_input',
    description: 'delete the field or element with specified path (for JSON arrays, negative integers count from the end)',
    takes: isJsonb,
    valueType: () => scalarColumn(STRING_SCALAR),
    infix: '#-',
    takesList: true,
  },
];

/** The GraphQL type of an update operator's value for a column. */
export function updateValueType(operator: UpdateOperator, column: Column): string {
  const { name } = operator.valueType(column);
  return operator.takesList ? `[${name}!]` : name;
}

export const writableColumns = perTable((table): readonly Column[] =>
  [...table.columns.values()].filter((column) => !column.readOnly),
);

/** The update operators that some column of the table takes, with those columns. */
export const updateOperators = perTable((table): readonly { operator: UpdateOperator; columns: Column[] }[] =>
  UPDATE_OPERATORS.map((operator) => ({
    operator,
    columns: writableColumns(table).filter((column) => operator.takes(column)),
  })).filter(({ columns }) => columns.length > 0),
);
