import type { GraphQLSchema } from 'graphql';
import type { Logger } from '../log';
import { RequestError } from './errors';
import type { Limits } from './compile';
import { Documents, requestError } from './execute';
import type { Role } from './http';
import type { Loaded, LoadOptions } from './load';
import { load } from './load';
import type { Model } from './model';
import { EMPTY_MODEL, MetadataError } from './model';
import { buildSchema } from './schema';

export interface ServedOptions extends LoadOptions {
  readonly maxRows?: number | undefined;
  readonly nullCollapse?: boolean | undefined;
  readonly limits?: Limits | undefined;
  /** Whether the schema may be asked for; it may when undefined. */
  readonly introspection?: boolean | undefined;
  readonly log: Logger;
}

/** What a role is served. */
export interface Side {
  readonly documents: Documents;
  readonly schema: () => GraphQLSchema;
}

interface Sides {
  of(role: Role): Side;
  readonly loaded: Loaded;
}

/** What is served at the moment: the catalog and the metadata as they were when they were read last. */
export interface Served {
  readonly current: Sides;
  /**
   * Reads both again and serves them. Calls that come while one is under way share the one after it.
   * @throws RequestError when that cannot be; the old ones stay
   */
  reload(): Promise<void>;
}

/** @throws MetadataError for metadata that cannot be served */
export async function createServed(options: ServedOptions, onReload: () => void): Promise<Served> {
  let current = sidesOf(await load(options), options);
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function reloadNow(): Promise<void> {
    try {
      current = sidesOf(await load(options), options);
    } catch (error) {
      if (!(error instanceof MetadataError)) throw requestError(error, undefined);
      throw new RequestError('invalid-configuration', '$', error.message, { cause: error });
    }
    onReload();
  }

  async function afterRunning(): Promise<void> {
    await running?.catch(() => undefined); // Who asked for that one was told.
    next = undefined;
    running = reloadNow().finally(() => (running = undefined));
    await running;
  }

  return {
    get current() {
      return current;
    },
    reload: () => (next ??= afterRunning()),
  };
}

function sidesOf(loaded: Loaded, { log, maxRows, nullCollapse, limits, introspection }: ServedOptions): Sides {
  for (const reason of loaded.refused) log.warn(reason);
  const side = (model: Model): Side => {
    let built: GraphQLSchema | undefined;
    const schema = (): GraphQLSchema => (built ??= buildSchema(model));
    return { schema, documents: new Documents({ model, schema, maxRows, nullCollapse, limits, introspection }) };
  };
  const sides = new Map([['admin', side(loaded.model)]]);
  for (const [role, model] of loaded.readers) sides.set(role, side(model));
  const none = side(EMPTY_MODEL);
  return { loaded, of: (role) => sides.get(role) ?? none };
}
