import type { Document, Fragment, Selection } from './ast';
import type { Context } from './context';
import type { Input, Shape, Variable } from './input';

/** The document of these root fields with the fragments that they reach and the variables that those use. */
export function finish(context: Context, kind: Document['kind'], selections: readonly Selection[]): Document {
  const fragments = new Set<Fragment>();
  const variables = new Set<Variable>();
  for (const selection of selections) reach(selection, fragments, variables);
  return { kind, selections, fragments: [...fragments], variables: context.variables.filter((each) => variables.has(each)) };
}

function reach(node: Selection, fragments: Set<Fragment>, variables: Set<Variable>): void {
  for (const { condition } of node.directives) use(condition, variables);
  if (node.kind === 'field') for (const [, input] of node.args) use(input, variables);
  const isNew = node.kind === 'spread' && !fragments.has(node.fragment);
  if (isNew) fragments.add(node.fragment);
  const below = node.kind === 'spread' ? (isNew ? node.fragment.selections : []) : (node.selections ?? []);
  for (const each of below) reach(each, fragments, variables);
}

function use(input: Input, variables: Set<Variable>): void {
  if (input.kind === 'variable') variables.add(input.variable);
  else useInShape(input, variables);
}

function useInShape(shape: Shape, variables: Set<Variable>): void {
  if (shape.form === 'list') for (const item of shape.items) use(item, variables);
  if (shape.form === 'object') for (const [, input] of shape.fields) use(input, variables);
}
