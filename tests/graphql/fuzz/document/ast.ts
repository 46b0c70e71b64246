import type { Input, Variable } from './input';

/** A document with one operation, as it is generated; the reference reads it and the server reads its text. */
export interface Document {
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly selections: readonly Selection[];
  readonly fragments: readonly Fragment[];
  readonly variables: readonly Variable[];
}

export interface Fragment {
  readonly name: string;
  /** The type condition. */
  readonly type: string;
  readonly selections: readonly Selection[];
}

export type Selection = FieldNode | InlineFragment | Spread;

export interface FieldNode {
  readonly kind: 'field';
  readonly name: string;
  readonly alias: string | undefined;
  readonly args: readonly (readonly [string, Input])[];
  readonly directives: readonly Directive[];
  /** Undefined for a leaf. */
  readonly selections: readonly Selection[] | undefined;
}

export interface InlineFragment {
  readonly kind: 'inline';
  /** None is allowed. */
  readonly type: string | undefined;
  readonly directives: readonly Directive[];
  readonly selections: readonly Selection[];
}

export interface Spread {
  readonly kind: 'spread';
  readonly fragment: Fragment;
  readonly directives: readonly Directive[];
}

export interface Directive {
  readonly name: 'skip' | 'include';
  readonly condition: Input;
}

export function responseKey({ alias, name }: Pick<FieldNode, 'alias' | 'name'>): string {
  return alias ?? name;
}
