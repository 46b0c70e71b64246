import { RequestError } from './errors';
import type { Loaded } from './load';
import type { Served } from './served';

/** Commands of Hasura's that change metadata, which is a file here. */
const CHANGES = /^(pg_|mssql_|bulk|create_|drop_|add_|delete_|update_|set_|replace_|clear_|track_|untrack_|rename_|remove_)/;

/**
 * Answers a command of Hasura's metadata API: `reload_metadata`, `export_metadata` or `get_inconsistent_metadata`.
 * @throws RequestError for any other
 */
export async function metadataCommand(served: Pick<Served, 'current' | 'reload'>, body: unknown): Promise<string> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw parseFailed('$', 'expected an object with the key "type"');
  const { type } = body as { type?: unknown };
  if (typeof type !== 'string') throw parseFailed('$.type', 'expected a string with the name of a command');
  switch (type) {
    case 'reload_metadata': {
      await served.reload();
      const objects = inconsistent(served.current.loaded);
      return JSON.stringify({
        message: 'success',
        is_consistent: objects.length === 0,
        ...(objects.length === 0 ? {} : { inconsistent_objects: objects }),
      });
    }
    case 'get_inconsistent_metadata': {
      const objects = inconsistent(served.current.loaded);
      return JSON.stringify({ is_consistent: objects.length === 0, inconsistent_objects: objects });
    }
    case 'export_metadata':
      return JSON.stringify({
        version: 3,
        sources: [{ name: 'default', kind: 'postgres', tables: exported(served.current.loaded) }],
      });
  }
  if (CHANGES.test(type)) {
    const advice = 'metadata is changed in the file that GRAPHQL_METADATA names, and read again by reload_metadata';
    throw new RequestError('not-supported', '$.type', `${type} is not supported: ${advice}`);
  }
  throw parseFailed('$.type', `unknown metadata command ${JSON.stringify(type)}`);
}

function inconsistent({ refused }: Loaded): object[] {
  return refused.map((reason) => ({ type: 'table', reason }));
}

/** The tables as the metadata has them; those served without being listed too. */
function exported({ metadata, model }: Loaded): readonly object[] {
  if (metadata.tables.length > 0) return metadata.tables;
  return model.tables.map(({ schema, relation }) => ({ table: { schema, name: relation } }));
}

function parseFailed(path: string, message: string): RequestError {
  return new RequestError('parse-failed', path, message);
}
