/**
 * What the GraphQL server is measured against: `node:http` and `pg` with nothing between them. It reads its statements from
 * BENCH_STATEMENTS (see Bare) and answers `POST /<name>` with the text that the one for that name gives, or with
 * `{"data":{}}` after a list of them in a transaction.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

export type Bare =
  | { readonly kind: 'read'; readonly key: string; readonly sql: string; readonly variables: readonly string[] }
  | { readonly kind: 'write'; readonly statements: readonly { readonly sql: string; readonly variables: readonly string[] }[] };

const cases = JSON.parse(process.env.BENCH_STATEMENTS ?? '{}') as Record<string, Bare>;
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });

type Variables = Readonly<Record<string, unknown>>;

async function answer(name: string, variables: Variables): Promise<string> {
  const found = cases[name];
  if (!found) throw new Error(`no statements for ${name}`);
  if (found.kind === 'read') {
    const values = found.variables.map((variable) => variables[variable]);
    const { rows } = await pool.query<[string]>({ name, text: found.sql, values, rowMode: 'array' });
    return `{"data":{"${found.key}":${rows[0]?.[0] ?? 'null'}}}`;
  }
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    for (const [index, { sql, variables: names }] of found.statements.entries())
      await client.query({ name: `${name}${index}`, text: sql, values: names.map((variable) => variables[variable]) });
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  return '{"data":{}}';
}

function serve(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { variables } = JSON.parse(Buffer.concat(chunks).toString()) as { variables: Variables };
    answer((request.url ?? '').slice(1), variables).then(
      (text) => {
        response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': Buffer.byteLength(text) });
        response.end(text);
      },
      (error: unknown) => {
        console.error(error);
        response.writeHead(500).end();
      },
    );
  });
}

const server = createServer(serve);
// json is text to be passed on, not to be parsed.
for (const type of [114, 3802]) pg.types.setTypeParser(type, (text) => text);
server.listen(0, '127.0.0.1', () => console.log(`listening on ${(server.address() as AddressInfo).port}`));
