import type { Domain } from '../data/domain';
import type { Json } from '../data/json';
import type { State } from '../data/rows';
import type { Draw } from '../draw';
import type { SchemaModel } from '../schema/model';
import type { Fragment } from './ast';
import { isWritable, leaf, plainShape } from './input';
import type { Input, Shape, Variable } from './input';

export interface InputOptions {
  /** Inputs of one purpose may share a variable. */
  readonly purpose?: string;
  /** The value must not change between requests of one document, because another part depends on it. */
  readonly isFixed?: boolean;
  /** Null may stand here, and means that nothing is given. */
  readonly mayBeNull?: boolean;
}

/** How the values at a position are drawn. */
interface Drawn {
  make(): Shape;
  /** Null may stand there too. */
  readonly isNullable: boolean;
}

/** What one document is drawn with. */
export class Context {
  readonly variables: Variable[] = [];
  readonly fragments: Fragment[] = [];
  #insideVariable = false;
  readonly #byPurpose = new Map<string, Variable>();
  #names = 0;
  #budget = 60;

  constructor(
    readonly draw: Draw,
    readonly schema: SchemaModel,
    readonly domain: Domain,
    /** The rows that there are, so that what is written can collide with them or refer to them. */
    readonly state: State = new Map(),
  ) {}

  /** The values are to be recognised in SQL; nothing is compared with a reference then. */
  get hasMarks(): boolean {
    return this.domain.hasMarks;
  }

  /** Takes from what a document may have of costly parts; false when nothing is left. */
  spend(cost: number): boolean {
    this.#budget -= cost;
    return this.#budget > 0;
  }

  /** A name that the document does not have yet. */
  name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  /** An input of a type: what `make` draws, written out or handed over in a variable. */
  input(type: string, make: () => Shape, options: InputOptions = {}): Input {
    const { draw } = this;
    const shared = options.purpose === undefined ? undefined : this.#byPurpose.get(`${type} ${options.purpose}`);
    if (shared && !this.#insideVariable && draw.chance(25)) return { type, kind: 'variable', variable: shared };
    const isNullable = !type.endsWith('!') && options.mayBeNull === true;
    if (!this.#insideVariable && draw.chance(22))
      return { type, kind: 'variable', variable: this.#variable(type, { make, isNullable }, options) };
    const shape = isNullable && draw.chance(6) ? leaf(null) : make();
    if (this.#insideVariable || shape.form !== 'leaf' || isWritable(shape.json)) return { type, kind: 'written', ...shape };
    return { type, kind: 'variable', variable: this.#declare(type, { make: () => shape, isNullable: false }, true, undefined) };
  }

  #variable(type: string, value: Drawn, { purpose, isFixed = false }: InputOptions): Variable {
    const given = this.draw.chance(20) ? this.#inside(value.make) : undefined;
    const variable = this.#declare(type, value, isFixed, given);
    if (purpose !== undefined) this.#byPurpose.set(`${type} ${purpose}`, variable);
    return variable;
  }

  /** A variable is declared stricter than its position now and then, and with a default laxer (contract 2). */
  #declare(type: string, { make, isNullable }: Drawn, isFixed: boolean, given: Shape | undefined): Variable {
    const { draw } = this;
    const fallback = given && isWritable(plainShape(given)) ? given : undefined;
    const isStrict = draw.chance(fallback ? 50 : 30) || (type.endsWith('!') && !fallback);
    const value = (): Json | undefined => {
      if (fallback && draw.chance(50)) return undefined;
      // A null that is given counts more than a default; without one, what is left out is null.
      if (isNullable && !isStrict && draw.chance(20)) return !fallback && draw.chance(50) ? undefined : null;
      return this.#inside(() => plainShape(make()));
    };
    const name = this.name('v');
    const declared = `${type.replace(/!$/, '')}${isStrict ? '!' : ''}`;
    const variable = { name, type: declared, fallback, value: value(), redraw: isFixed ? undefined : value };
    this.variables.push(variable);
    return variable;
  }

  /** A variable's value is JSON, in which there are no variables. */
  #inside<T>(make: () => T): T {
    const before = this.#insideVariable;
    this.#insideVariable = true;
    try {
      return make();
    } finally {
      this.#insideVariable = before;
    }
  }
}
