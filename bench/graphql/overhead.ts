import { ServerResponse, IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type pg from 'pg';
import { Registry } from 'prom-client';
import { createGraphQL } from '../../src/graphql';
import { createLogger } from '../../src/log';
import { requestIdOf, setOrigin } from '../../src/origin';
import { observeOperations } from '../../src/telemetry';
import { percentile } from '../statistics';

// The JavaScript time of a document that is already compiled: from the request's body being read to the driver's query, and
// from the driver's result to the response's end. The driver is a stub that answers on the next turn of the event loop.

const ROUNDS = 20_000;
const WARM_UP = 5_000;
const BAR_US = 60;
const ROW = '{"id":7,"name":"seven"}';

const column = (name: string, type: number) => ({ name, type, notNull: true, readOnly: false, comment: null });
const CATALOG = {
  relations: [
    {
      oid: 1,
      schema: 'public',
      name: 'item',
      comment: null,
      insertable: true,
      updatable: true,
      deletable: true,
      columns: [column('id', 23), column('name', 25)],
      keys: [{ name: 'item_pkey', primary: true, columns: ['id'] }],
      foreignKeys: [],
    },
  ],
  types: ['int4:23', 'text:25'].map((entry) => {
    const [name = '', oid] = entry.split(':');
    return { oid: Number(oid), schema: 'pg_catalog', name, kind: 'b', element: null, base: null };
  }),
};

const CASES = [
  { name: 'one row by key', query: 'query ($id: Int!) { item_by_pk(id: $id) { id name } }', variables: { id: 7 }, json: ROW },
  {
    name: '20 rows',
    query: 'query ($n: [String!]) { item(where: {name: {_in: $n}}, limit: 20, order_by: {name: asc}) { id name } }',
    variables: { n: ['a', 'b'] },
    json: `[${Array.from({ length: 20 }, () => ROW).join(',')}]`,
  },
  {
    name: 'a mutation',
    query: 'mutation ($o: [item_insert_input!]!) { insert_item(objects: $o) { affected_rows } }',
    variables: { o: [{ id: 1, name: 'x' }] },
    json: '{"affected_rows":1}',
  },
];

interface Submission {
  submit(connection: object): void;
  handleDataRow(message: { fields: string[] }): void;
  handleCommandComplete(): void;
  handleReadyForQuery(): void;
}

/** When the driver was asked, and when it answered. */
const driver = { asked: 0, answered: 0, json: '' };

const ignore = (): void => undefined;
const connection = { stream: {}, parse: ignore, bind: ignore, execute: ignore, close: ignore, sync: ignore };
const client = {
  query: (submission: Submission): void => {
    driver.asked = performance.now();
    submission.submit(connection);
    setImmediate(() => {
      driver.answered = performance.now();
      submission.handleDataRow({ fields: [driver.json] });
      submission.handleCommandComplete();
      submission.handleReadyForQuery();
    });
  },
  release: ignore,
};
const pool = {
  query: () => Promise.resolve({ rows: [{ catalog: CATALOG }] }),
  connect: () => Promise.resolve(client),
} as unknown as pg.Pool;

/** Prints the time of each case. @returns whether the bar is met */
export async function overhead(): Promise<boolean> {
  console.log('\nJavaScript time of a cached document, against a stub driver');
  let isGood = true;
  const observer = observeOperations(new Registry());
  const engine = await createGraphQL({
    pool,
    schemas: ['public'],
    maxBodyBytes: 1_000_000,
    observer,
    log: createLogger('error'),
  });
  for (const { name, query, variables, json } of CASES) {
    const body = Buffer.from(JSON.stringify({ query, variables }));
    driver.json = json;
    const times: number[] = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const time = await once(engine.handle, body);
      if (round >= WARM_UP) times.push(time * 1000);
    }
    const median = percentile(times, 0.5);
    isGood &&= median <= BAR_US;
    console.log(`  ${name}: median ${median.toFixed(1)} µs (bar ${BAR_US}), p99 ${percentile(times, 0.99).toFixed(1)} µs`);
  }
  return isGood;
}

function once(handle: (request: IncomingMessage, response: ServerResponse) => boolean, body: Buffer): Promise<number> {
  return new Promise((resolve) => {
    const request = new IncomingMessage(new Socket());
    Object.assign(request, { method: 'POST', url: '/v1/graphql', headers: { 'content-length': String(body.length) } });
    const response = new ServerResponse(request);
    setOrigin(request, { requestId: requestIdOf(request.headers) });
    let read = 0;
    const end = response.end.bind(response);
    response.end = ((...args: Parameters<typeof end>) => {
      const ended = end(...args);
      resolve(driver.asked - read + (performance.now() - driver.answered));
      return ended;
    }) as typeof response.end;
    handle(request, response);
    request.push(body);
    request.push(null);
    request.prependOnceListener('end', () => (read = performance.now()));
  });
}
