import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type {
  DirectiveNode,
  FragmentDefinitionNode,
  InlineFragmentNode,
  NamedTypeNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { Kind, OperationTypeNode, parse, print, visit } from 'graphql';
import type { Fixture } from '../database';
import { gatewayFixture, libraryFixture, shopFixture } from '../database';
import type { Served } from '../served';
import { serve } from '../served';
import { RawSocket } from './raw-socket';

// Every query of the golden sets as a subscription: its first result is what the query answers, though its values come to
// the statement in another way.

const GOLDEN = path.join(__dirname, '../golden');

describe.each([
  { group: 'gateway-queries', open: gatewayFixture },
  { group: 'shop-queries', open: shopFixture },
  { group: 'library-queries', open: libraryFixture },
])('$group', ({ group, open }) => {
  let fixture: Fixture;
  let served: Served;
  let raw: RawSocket;
  beforeAll(async () => {
    fixture = await open();
    served = await serve(fixture.engine);
    raw = await RawSocket.connect(served.url, 'graphql-transport-ws');
  });
  afterAll(async () => {
    await served.close();
    await fixture.drop();
  });

  const folder = path.join(GOLDEN, group);
  const names = readdirSync(folder).flatMap((file) => (file.endsWith('.graphql') ? [file.slice(0, -'.graphql'.length)] : []));

  test.each(names)('%s', async (name) => {
    const query = asSubscription(readFileSync(path.join(folder, `${name}.graphql`), 'utf8'));
    const file = path.join(folder, `${name}.variables.json`);
    const variables = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : undefined;
    raw.send({ type: 'subscribe', id: name, payload: { query, variables } });
    const { type, payload } = await raw.take(({ id }) => id === name);
    const answer = JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as { data: Record<string, unknown> };
    expect(type === 'error' ? { errors: payload } : payload).toEqual(withoutRootNames(answer));
    raw.send({ type: 'complete', id: name });
  });
});

const SKIPPED: DirectiveNode = {
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'skip' },
  arguments: [{ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'if' }, value: { kind: Kind.BOOLEAN, value: true } }],
};

/** Without what a subscription may not ask for: meta fields of its root. */
function asSubscription(query: string): string {
  const document = parse(query);
  const skipMeta = (node: SelectionNode): SelectionNode =>
    node.kind === Kind.FIELD && node.name.value.startsWith('__') ? { ...node, directives: [SKIPPED] } : node;
  const withoutMeta = (set: SelectionSetNode): SelectionSetNode => ({ ...set, selections: set.selections.map(skipMeta) });
  const fragment = (node: InlineFragmentNode | FragmentDefinitionNode) =>
    node.typeCondition?.name.value === 'subscription_root'
      ? { ...node, selectionSet: withoutMeta(node.selectionSet) }
      : undefined;
  return print(
    visit(document, {
      NamedType: (node) => (node.name.value === 'query_root' ? named('subscription_root') : undefined),
      OperationDefinition: {
        leave: (node) => ({
          ...node,
          operation: OperationTypeNode.SUBSCRIPTION,
          directives: [
            { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: '_multiple_top_level_fields' } } satisfies DirectiveNode,
          ],
          selectionSet: withoutMeta(node.selectionSet),
        }),
      },
      InlineFragment: { leave: fragment },
      FragmentDefinition: { leave: fragment },
    }),
  );
}

function named(name: string): NamedTypeNode {
  return { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } };
}

/** The answer of the query without the meta fields of its root. */
function withoutRootNames(answer: { data: Record<string, unknown> }): object {
  return { data: Object.fromEntries(Object.entries(answer.data).filter(([, value]) => value !== 'query_root')) };
}
