import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fill } from '../../src/graphql/compile';
import type { Cell, Plan, Slot } from '../../src/graphql/compile';
import { Documents } from '../../src/graphql/execute';
import { load } from '../../src/graphql/load';
import { buildSchema } from '../../src/graphql/schema';
import type { Fixture } from './database';
import { gatewayFixture, libraryFixture, shopFixture } from './database';

// For each `x.graphql` (with `x.variables.json`): `x.sql` is what is emitted, with its parameters, and `x.json` what comes
// back. The mutations of the gateway are sent twice. Rewritten when UPDATE_GOLDEN=1.

const GOLDEN = path.join(__dirname, 'golden');
const UPDATE = process.env.UPDATE_GOLDEN === '1';

describe.each([
  { group: 'gateway-queries', open: gatewayFixture, runs: 1 },
  { group: 'gateway-mutations', open: gatewayFixture, runs: 2 },
  { group: 'shop-queries', open: shopFixture, runs: 1 },
  { group: 'shop-mutations', open: shopFixture, runs: 1 },
  { group: 'library-queries', open: libraryFixture, runs: 1 },
  { group: 'library-mutations', open: libraryFixture, runs: 1 },
])('$group', ({ group, open, runs }) => {
  let fixture: Fixture;
  let documents: Documents;
  beforeAll(async () => {
    fixture = await open();
    const { model } = await load(fixture);
    documents = new Documents({ model, schema: () => buildSchema(model) });
  });
  if (group.endsWith('mutations')) beforeEach(() => fixture.reset());
  afterAll(() => fixture.drop());

  const folder = path.join(GOLDEN, group);
  const names = readdirSync(folder).flatMap((file) => (file.endsWith('.graphql') ? [file.slice(0, -'.graphql'.length)] : []));

  test.each(names)('%s', async (name) => {
    const file = (extension: string): string => path.join(folder, `${name}.${extension}`);
    const query = readFileSync(file('graphql'), 'utf8');
    const variables = existsSync(file('variables.json'))
      ? (JSON.parse(readFileSync(file('variables.json'), 'utf8')) as Record<string, unknown>)
      : null;
    const bound = documents.planOf({ query, variables });
    expectGolden(file('sql'), sqlText(bound.plan, bound.variables));
    const answers: string[] = [];
    for (let run = 0; run < runs; run += 1) answers.push((await fixture.engine.execute({ query, variables })).body);
    expectGolden(file('json'), pretty(runs === 1 ? `${answers[0]}` : `{"first":${answers[0]},"repeat":${answers[1]}}`));
  });
});

function expectGolden(file: string, text: string): void {
  if (UPDATE) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

/** The statements, the rounds in which they are sent, and their parameters. */
function sqlText({ steps, rounds }: Plan, variables: ReadonlyMap<string, unknown>): string {
  return steps
    .map((step, index) => {
      const round = rounds.length > 1 && rounds.includes(index) ? `-- round ${rounds.indexOf(index) + 1}\n` : '';
      const parameters = step.slots.map((slot, position) => `-- $${position + 1} = ${slotText(slot, variables)}\n`);
      return `${round}${step.sql.replaceAll(/( FROM \(| WHERE | ORDER BY | VALUES | ON CONFLICT | RETURNING |, "\$(?=n|written))/g, '\n $1')}\n${parameters.join('')}`;
    })
    .join('\n');
}

function slotText(slot: Slot, variables: ReadonlyMap<string, unknown>): string {
  const cell = ({ step, column }: Cell): string => `column ${column} of statement ${step + 1}`;
  if (slot.kind === 'value') return JSON.stringify(slot.encode(fill(slot.source, variables)));
  return slot.kind === 'cell' ? cell(slot.cell) : `rows in ${slot.cells.map(cell).join(', ')}`;
}

/** Indented, with every digit; times of this run are not those of the golden file (the rows' own times are of 2020). */
function pretty(json: string): string {
  const marked = json
    .replaceAll(/(?<=[:[,])\d{16,}(?=[,\]}])/g, '"exact $&"')
    .replaceAll(/"(?!2020)\d{4}-\d\d-\d\dT[0-9:.]+\+00:00"/g, '"<now>"');
  return `${JSON.stringify(JSON.parse(marked), null, 2).replaceAll(/"exact (\d+)"/g, '$1')}\n`;
}
