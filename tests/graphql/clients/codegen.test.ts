import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildClientSchema } from 'graphql';
import type { IntrospectionQuery } from 'graphql';
import type { Forum } from './forum';
import { author, openForum } from './forum';

const SECRET = 's3cret';
const GENERATOR = path.join(__dirname, 'node_modules/@graphql-codegen/cli/cjs/bin.js');
const COMPILER = createRequire(__filename).resolve('typescript/bin/tsc');
const STRICTLY = '--strict --skipLibCheck --types node --target es2022 --module commonjs --moduleResolution node10'.split(' ');

let forum: Forum;
/** A copy of `project/` as its user would have it. */
let project: string;
beforeAll(async () => {
  forum = await openForum({ adminSecret: SECRET });
  project = await mkdtemp(path.join(tmpdir(), 'codegen-'));
  await cp(path.join(__dirname, 'project'), project, { recursive: true });
  await symlink(path.join(__dirname, 'node_modules'), path.join(project, 'node_modules'), 'junction');
});
afterAll(async () => {
  await rm(project, { recursive: true, force: true });
  await forum.close();
});

interface Run {
  readonly code: number;
  readonly output: string;
}

async function node(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  // Under jest's NODE_ENV the generator would say nothing.
  const options = { cwd: project, env: { ...process.env, NODE_ENV: '', ...env } };
  const child = spawn(process.execPath, [script, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

const generate = (documents: string, secret = SECRET): Promise<Run> =>
  node(GENERATOR, ['--config', 'codegen.cjs'], { DOCUMENTS: documents, SCHEMA_URL: forum.url, SCHEMA_SECRET: secret });

/** What the types of the program find: a text in it, the mistake to put there, and what the compiler says of it. */
const MISTAKES = [
  ['const rating: number', 'const rating: string', "Type 'number | null | undefined' is not assignable to type 'string | null"],
  ["title: 'Typed'", "titel: 'Typed'", "'titel' does not exist in type 'Post_Insert_Input'"],
  ["_eq: 'published'", "_eq: 'publishd'", `Type '"publishd"' is not assignable to type`],
  ['useFragment(WithTitle, post)', 'post', "Property 'title' does not exist on type"],
  ['ids: [process', 'id: [process', "'id' does not exist in type"],
] as const;

describe('the schema and documents of a program', () => {
  let generated: Run;
  let compiled: Run;
  beforeAll(async () => {
    generated = await generate('program.ts');
    const program = await readFile(path.join(project, 'program.ts'), 'utf8');
    const mistaken = MISTAKES.reduce((text, [right, wrong]) => text.replace(right, wrong), program);
    await writeFile(path.join(project, 'mistaken.ts'), mistaken);
    compiled = await node(COMPILER, [...STRICTLY, '--outDir', 'compiled', 'program.ts', 'mistaken.ts']);
  }, 180_000);

  test('give types', async () => {
    expect(generated).toMatchObject({ code: 0 });
    const schema = JSON.parse(await readFile(path.join(project, 'schema.json'), 'utf8')) as IntrospectionQuery;
    expect(Object.keys(buildClientSchema(schema).getMutationType()?.getFields() ?? {})).toContain('update_post_many');
  });

  test('with which the program compiles and runs', async () => {
    expect(compiled.output).not.toMatch(/^(program|types|gql)/m);
    const { output } = await node('compiled/program.js', [forum.url, SECRET, author(1)]);
    expect(JSON.parse(output)).toEqual({
      titles: ['Engines (published) by Ada', 'Travel (published) by Cid'],
      rating: 4.5,
      count: 2,
      highest: 900,
      authors: [{ name: 'Ada', age: 36, profile: 'London' }],
      affected: 3,
    });
    expect(await forum.rows('SELECT line FROM reply JOIN post ON post.id = post_id WHERE title = $1', 'Typed')).toHaveLength(1);
  });

  test.each(MISTAKES)('which know that `%s` may not be `%s`', (_right, _wrong, complaint) => {
    expect(compiled.output).toContain(complaint);
  });
});

test('mistaken documents are refused', async () => {
  const documents = [
    ['query A { post { id nothing } }', 'Cannot query field "nothing" on type "post"'],
    ['query B($id: Int!) { post_by_pk(id: $id) { id } }', '"$id" of type "Int!" used in position expecting type "uuid!"'],
    ['query C { post(order_by: { id: up }) { id } }', 'Value "up" does not exist in "order_by" enum'],
    ['query D { post(where: { id: { _equals: "" } }) { id } }', '"_equals" is not defined by type "uuid_comparison_exp"'],
    [
      'mutation E { insert_post(objects: [], on_conflict: {}) { affected_rows } }',
      '"post_on_conflict.constraint" of required type',
    ],
    [
      'mutation F { update_post(_set: { title: "" }) { affected_rows } }',
      'argument "where" of type "post_bool_exp!" is required',
    ],
  ] as const;
  await writeFile(path.join(project, 'mistaken.graphql'), documents.map(([text]) => text).join('\n'));
  const { code, output } = await generate('mistaken.graphql');
  expect(code).toBe(1);
  for (const [, complaint] of documents) expect(output).toContain(complaint);
});

test('a wrong secret is told', async () => {
  expect(await generate('program.ts', 'wrong')).toMatchObject({
    code: 1,
    output: expect.stringContaining('invalid "x-hasura-admin-secret"/"x-hasura-access-key"') as string,
  });
});
