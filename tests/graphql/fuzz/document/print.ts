import { jsonText } from '../data/json';
import type { Directive, Document, Selection } from './ast';
import { print, printShape } from './input';
import type { TextForms } from './input';

/** The text of a request's document. */
export function printDocument(document: Document): string {
  const declarations = document.variables.map(({ name, type, fallback }) => {
    return `$${name}: ${type}${fallback ? ` = ${printShape(fallback, isBlock)}` : ''}`;
  });
  const given = declarations.length > 0 ? ` (${declarations.join(', ')})` : '';
  const head = `${document.kind}${given}${document.kind === 'subscription' ? ' @_multiple_top_level_fields' : ''}`;
  const fragments = document.fragments.map(({ name, type, selections }) => `fragment ${name} on ${type} ${set(selections)}`);
  return [`${head} ${set(document.selections)}`, ...fragments].join('\n');
}

/** The variables' values as JSON text, with every digit. */
export function printVariables(document: Document): string {
  const given = document.variables.flatMap(({ name, value }) =>
    value === undefined ? [] : [`${JSON.stringify(name)}:${jsonText(value)}`],
  );
  return `{${given.join(',')}}`;
}

/** Which form a string gets does not matter, only that both come. */
const isBlock: TextForms = (text) => text.length % 2 === 0;

function set(selections: readonly Selection[]): string {
  return `{ ${selections.map(selection).join(' ')} }`;
}

function selection(node: Selection): string {
  const applied = node.directives.map(directive).join('');
  if (node.kind === 'spread') return `...${node.fragment.name}${applied}`;
  if (node.kind === 'inline') return `...${node.type ? ` on ${node.type}` : ''}${applied} ${set(node.selections)}`;
  const args = node.args.map(([name, input]) => `${name}: ${print(input, isBlock)}`);
  const alias = node.alias === undefined ? '' : `${node.alias}: `;
  const below = node.selections ? ` ${set(node.selections)}` : '';
  return `${alias}${node.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${applied}${below}`;
}

function directive({ name, condition }: Directive): string {
  return ` @${name}(if: ${print(condition, isBlock)})`;
}
