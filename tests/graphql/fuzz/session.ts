import type pg from 'pg';
import { createGraphQL } from '../../../src/graphql';
import type { GraphQLEngine } from '../../../src/graphql';
import { parseJson as parseBody } from '../../../src/graphql/http/json';
import { log } from '../database';
import type { Served } from '../served';
import { serve } from '../served';
import { parseJson } from './data/json';
import type { Json } from './data/json';
import { drawRows } from './data/rows';
import type { State } from './data/rows';
import { Store } from './data/store';
import { sample } from './draw';
import { drawSchema } from './schema/draw-schema';
import { metadataOf } from './schema/metadata';
import type { SchemaModel } from './schema/model';

/** A generated schema with rows in a database, and GraphQL over it. */
export class Session {
  private constructor(
    readonly schema: SchemaModel,
    readonly store: Store,
    /** The rows that every request finds. */
    readonly state: State,
    private readonly engine: GraphQLEngine,
    private readonly served: Served,
  ) {}

  static async open(pool: pg.Pool, seed: number): Promise<Session> {
    const { schema, rows } = sample(seed, (draw) => {
      const drawn = drawSchema(draw, `fuzz${seed}`);
      return { schema: drawn, rows: drawRows(draw, drawn) };
    });
    const store = new Store(pool, schema, rows);
    await store.create();
    const { stringifyNumerics, schema: name } = schema;
    const options = { pool, schemas: [name], metadata: metadataOf(schema), stringifyNumerics, maxBodyBytes: 10_000_000, log };
    const engine = await createGraphQL(options);
    return new Session(schema, store, await store.read(), engine, await serve(engine));
  }

  /** The answer to a request whose variables are JSON text, so that every digit of them arrives. */
  async ask(query: string, variables: string, isOverHttp: boolean): Promise<Json> {
    if (!isOverHttp) {
      const outcome = await this.engine.execute({ query, variables: parseBody(variables) as Record<string, unknown> });
      return parseJson(outcome.body);
    }
    const body = `{"query":${JSON.stringify(query)},"variables":${variables}}`;
    const response = await fetch(`${this.served.url}/v1/graphql`, { method: 'POST', body });
    return parseJson(await response.text());
  }

  async close(): Promise<void> {
    await this.served.close();
    await this.store.drop();
  }
}
