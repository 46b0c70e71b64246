import type { FilterTypeName } from '../../validation';
import { FILTER_TYPES, isFilterType } from '../../validation';
import type { ObjectRef, RouteFilters, ServiceFilters } from '../model';
import type { FilterRow } from '../rows';
import type { Problems } from './problems';
import { remembering } from './remembering';

/** data-plane reference 1.2; of several of one kind the one with the lowest id counts. */
export function translateServiceFilters(rows: readonly FilterRow[], owner: ObjectRef, reader: FilterReader): ServiceFilters {
  const filters = new AttachedFilters('service', rows, owner, reader);
  // An empty script does nothing: it was created and is not filled yet.
  const lua = filters.first(['http_filter_lua', 'vh_filter_lua'], (row) => filters.read('http_filter_lua', row) || undefined);
  const { broken } = filters;
  // Without its policy a host is called by no other page: nothing is left open.
  return {
    lua,
    cors: filters.first(['vh_filter_cors'], (row) => filters.read('vh_filter_cors', row)),
    ...(broken && { broken }),
  };
}

/** data-plane reference 1.2; each rate limit filter is a descriptor of its own, of the others the lowest id counts. */
export function translateRouteFilters(rows: readonly FilterRow[], owner: ObjectRef, reader: FilterReader): RouteFilters {
  const filters = new AttachedFilters('route', rows, owner, reader);
  const rateLimits = filters
    .of(['route_filter_ratelimit'])
    .map((row) => filters.read('route_filter_ratelimit', row) ?? [])
    .filter((actions) => actions.length > 0);
  const one = <T extends FilterTypeName>(type: T) => filters.first([type], (row) => filters.read(type, row));
  // A redirect and a direct response are both the whole answer.
  const answer = filters.first(
    ['route_filter_redirect', 'route_filter_directreponse', 'route_filter_directresponse'],
    (row): Pick<RouteFilters, 'redirect' | 'directResponse'> | undefined => {
      if (row.filter_type === 'route_filter_redirect') {
        const redirect = filters.read('route_filter_redirect', row);
        return redirect && { redirect, directResponse: undefined };
      }
      const directResponse = filters.read('route_filter_directresponse', row);
      return directResponse && { redirect: undefined, directResponse };
    },
  );
  const others = {
    circuitBreakers: one('route_filter_circuitbreakers'),
    outlierDetection: one('route_filter_outlierdetection'),
    hostRewrite: one('route_filter_host_rewrite'),
  };
  const { broken } = filters;
  return {
    rateLimits,
    ...others,
    redirect: answer?.redirect,
    directResponse: answer?.directResponse,
    ...(broken && { broken }),
  };
}

type ConfigOf<T extends FilterTypeName> = Extract<ReturnType<(typeof FILTER_TYPES)[T]['parse']>, { ok: true }>['value'];

/** Reads the filters of a service and its routes, each once. What is wrong with a filter itself is a problem of the service. */
export class FilterReader {
  /** The configuration of a filter of a known type; none when it cannot be read. */
  readonly read = remembering((row: FilterRow) => this.#parse(row));

  constructor(
    private readonly service: ObjectRef,
    readonly problems: Problems,
  ) {}

  /** The type, when there is such a one. */
  typeOf(row: FilterRow): FilterTypeName | undefined {
    const type = row.filter_type ?? '';
    if (isFilterType(type)) return type;
    return this.#report(row, `filter type ${JSON.stringify(type)} is not known`);
  }

  #parse(row: FilterRow): { readonly value: unknown } | undefined {
    const type = this.typeOf(row);
    const checked = type && FILTER_TYPES[type].parse(row.filter_config ?? '');
    if (!checked || checked.ok) return checked;
    return this.#report(row, checked.message);
  }

  #report(row: FilterRow, message: string): undefined {
    return this.problems.add({ kind: 'filter', name: row.filter_name, of: this.service }, message);
  }
}

/** The filters linked to one service or route, by id, those of an unknown type or of the other attachment left out. */
class AttachedFilters {
  private readonly rows: readonly FilterRow[];
  /** The first one that could not be read. */
  broken: string | undefined;

  constructor(
    attachment: 'service' | 'route',
    rows: readonly FilterRow[],
    private readonly owner: ObjectRef,
    private readonly reader: FilterReader,
  ) {
    const sorted = [...rows].sort((one, other) => one.filter_id - other.filter_id);
    this.rows = sorted.filter((row) => {
      const type = reader.typeOf(row);
      const attachesTo = type && FILTER_TYPES[type].attachesTo;
      if (attachesTo && attachesTo !== attachment)
        this.report(row, `${type} has no effect on a ${attachment}: it belongs on a ${attachesTo}`);
      return attachesTo === attachment;
    });
  }

  of(types: readonly FilterTypeName[]): readonly FilterRow[] {
    return this.rows.filter((row) => types.some((type) => type === row.filter_type));
  }

  /** The first usable one; further ones are named as problems, since they have no effect. */
  first<T>(types: readonly FilterTypeName[], read: (row: FilterRow) => T | undefined): T | undefined {
    let found: { value: T; row: FilterRow } | undefined;
    for (const row of this.of(types)) {
      const value = read(row);
      if (value === undefined) continue;
      if (found) this.report(row, `has no effect beside filter ${found.row.filter_name}, which came first`);
      else found = { value, row };
    }
    return found?.value;
  }

  /** @param _type the row's, or another that is read in the same way */
  read<T extends FilterTypeName>(_type: T, row: FilterRow): ConfigOf<T> | undefined {
    const parsed = this.reader.read(row);
    if (!parsed) this.broken ??= `filter ${row.filter_name}`;
    return parsed?.value as ConfigOf<T> | undefined;
  }

  private report(row: FilterRow, message: string): void {
    this.reader.problems.add({ kind: 'filter', name: row.filter_name, of: this.owner }, message);
  }
}
