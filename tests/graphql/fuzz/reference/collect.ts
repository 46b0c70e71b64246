import type { Json } from '../data/json';
import type { Directive, Selection } from '../document/ast';
import { responseKey } from '../document/ast';
import { plain } from '../document/input';

/** A field of an answer's object. */
export interface Field {
  readonly key: string;
  readonly name: string;
  readonly args: ReadonlyMap<string, Json>;
  readonly selections: readonly Selection[];
}

/** The fields of selection sets: directives applied, fragments written out, those of one key made one, in order of their first mention. */
export function collect(selections: readonly Selection[]): Field[] {
  const fields = new Map<string, Field>();
  for (const node of written(selections)) {
    if (node.kind !== 'field') continue;
    const key = responseKey(node);
    const known = fields.get(key);
    const args = new Map(node.args.map(([name, input]) => [name, plain(input)]));
    const below = [...(known?.selections ?? []), ...(node.selections ?? [])];
    fields.set(key, { key, name: node.name, args, selections: below });
  }
  return [...fields.values()];
}

function written(selections: readonly Selection[]): Selection[] {
  return selections.flatMap((node) => {
    if (!node.directives.every(isKept)) return [];
    if (node.kind === 'field') return [node];
    return written(node.kind === 'inline' ? node.selections : node.fragment.selections);
  });
}

function isKept({ name, condition }: Directive): boolean {
  return (plain(condition) === true) === (name === 'include');
}
