import type { Directive, FieldNode, Fragment, Selection } from './ast';
import { responseKey } from './ast';
import type { Context } from './context';
import { leaf } from './input';
import type { Input } from './input';

/** An object type of GraphQL whose fields can be drawn. */
export interface Source {
  readonly type: string;
  readonly isRoot?: boolean;
  field(context: Context, scope: Scope): FieldNode;
}

/** What was selected under a response key. */
interface Mention {
  readonly node: Pick<FieldNode, 'name' | 'alias' | 'args'>;
  readonly below: { readonly source: Source; readonly scope: Scope } | undefined;
}

/** The response keys of one object, wherever they are selected: a key means one field with one list of arguments. */
export class Scope {
  readonly mentions = new Map<string, Mention>();

  /** @param isShared it is a named fragment's, which may be spread elsewhere too: its keys must not clash with any other */
  constructor(readonly isShared: boolean) {}

  /** Whether the key is free, or taken by the same. */
  takes(key: string, mention: Mention): boolean {
    const taken = this.mentions.get(key);
    return !taken || taken === mention || (isPlain(taken) && isPlain(mention) && taken.node.name === mention.node.name);
  }
}

/** Its name says all about it. */
function isPlain({ node, below }: Mention): boolean {
  return !below && node.args.length === 0;
}

const LENGTHS = [
  [5, 1],
  [5, 2],
  [2, 3],
  [1, 5],
] as const;
const ROOT_LENGTHS = [
  [7, 1],
  [3, 2],
  [1, 3],
] as const;

/** A selection set of one to five fields, in fragments here and there. */
export function selections(context: Context, source: Source, scope: Scope): Selection[] {
  const { draw } = context;
  const length = draw.weighted(source.isRoot ? ROOT_LENGTHS : LENGTHS);
  return Array.from({ length }, () => selection(context, source, scope));
}

function selection(context: Context, source: Source, scope: Scope): Selection {
  const { draw } = context;
  if (draw.chance(6)) {
    const type = draw.chance(70) ? source.type : undefined;
    return { kind: 'inline', type, directives: directives(context), selections: selections(context, source, scope) };
  }
  if (draw.chance(8)) {
    const spread = spreadOf(context, source, scope);
    if (spread) return spread;
  }
  const again = [...scope.mentions.values()].filter(({ below }) => below !== undefined);
  if (again.length > 0 && draw.chance(8)) {
    const { node, below } = draw.pick(again);
    if (below)
      return {
        kind: 'field',
        ...node,
        directives: directives(context),
        selections: selections(context, below.source, below.scope),
      };
  }
  return source.field(context, scope);
}

const scopes = new WeakMap<Fragment, Scope>();

/** Spreads a fragment of this type that is there already, or a new one. */
function spreadOf(context: Context, source: Source, scope: Scope): Selection | undefined {
  const { draw } = context;
  const known = context.fragments.filter(({ type }) => type === source.type);
  const fragment = known.length > 0 && draw.chance(40) ? draw.pick(known) : newFragment(context, source);
  const own = [...(scopes.get(fragment)?.mentions ?? [])];
  if (!own.every(([key, mention]) => scope.takes(key, mention))) return undefined;
  for (const [key, mention] of own) scope.mentions.set(key, mention);
  return { kind: 'spread', fragment, directives: directives(context) };
}

function newFragment(context: Context, source: Source): Fragment {
  const scope = new Scope(true);
  const made = { name: context.name('F'), type: source.type, selections: selections(context, source, scope) };
  scopes.set(made, scope);
  context.fragments.push(made);
  return made;
}

/** A field with these arguments, under a key that the scope can take. */
export function field(
  context: Context,
  scope: Scope,
  name: string,
  args: readonly (readonly [string, Input])[] = [],
  below?: Source,
): FieldNode {
  const childScope = new Scope(scope.isShared);
  const mention = (alias: string | undefined): Mention => ({
    node: { name, alias, args },
    below: below && { source: below, scope: childScope },
  });
  const fits = (alias: string | undefined): boolean => scope.takes(alias ?? name, mention(alias));
  const wanted = aliasOf(context, scope, below !== undefined || args.length > 0);
  const chosen = mention(fits(wanted) ? wanted : context.name('f'));
  const { node } = chosen;
  if (!scope.mentions.has(responseKey(node))) scope.mentions.set(responseKey(node), chosen);
  return { kind: 'field', ...node, directives: directives(context), selections: below && selections(context, below, childScope) };
}

const ODD_ALIASES = ['constructor', '__proto__', 'a', 'count', 'id', 'select', 'toString'];

/** Undefined keeps the field's own name. */
function aliasOf(context: Context, scope: Scope, isComplex: boolean): string | undefined {
  const { draw } = context;
  if (scope.isShared && isComplex) return context.name('f');
  const kind = draw.weighted([
    [10, 'none'],
    [4, 'new'],
    [scope.isShared ? 0 : 1, 'odd'],
    [1, 'long'],
  ] as const);
  if (kind === 'none') return undefined;
  if (kind === 'odd') return draw.pick(ODD_ALIASES);
  // Postgres cuts names after 63 bytes, so that these would be one.
  return kind === 'long' ? context.name('long'.padEnd(70, '_')) : context.name('f');
}

function directives(context: Context): Directive[] {
  const { draw } = context;
  if (!draw.chance(5)) return [];
  const isBoth = draw.chance(20);
  const names = isBoth ? (['include', 'skip'] as const) : [draw.pick(['include', 'skip'] as const)];
  return names.map((name) => ({
    name,
    condition: context.input('Boolean!', () => leaf((name === 'include') === draw.chance(75)), { purpose: 'condition' }),
  }));
}
