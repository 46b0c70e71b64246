import type { Checked } from './checked';
import { invalid, valid } from './checked';
import {
  readCircuitBreakers,
  readCors,
  readDirectResponse,
  readHostRewrite,
  readOutlierDetection,
  readRateLimitActions,
  readRedirect,
} from './filters';
import { parseJson } from './json';
import { checkLua } from './lua';
import { JsonReader, reading } from './reader';

/** A kind of filter: where it attaches, and how its `filter_config` text is read. */
export interface FilterType<T> {
  readonly attachesTo: 'service' | 'route';
  /** Undefined when the text is empty: the filter was created and is not configured yet. */
  parse(text: string): Checked<T | undefined>;
  /** The value of the `config_json` column for a text that `parse` takes (REST reference 3). */
  configJson(text: string): unknown;
}

const lua: FilterType<string> = { attachesTo: 'service', parse: checkLua, configJson: (text) => ({ config: text }) };
const directResponse = json('route', readDirectResponse);

/** Every filter type that is served, by the name that is stored. */
export const FILTER_TYPES = {
  http_filter_lua: lua,
  vh_filter_lua: lua,
  vh_filter_cors: json('service', readCors, { match_condition: {} }, normalizedCors),
  route_filter_ratelimit: json('route', readRateLimitActions, { descriptors: ['{}'] }, normalizedRateLimit),
  route_filter_circuitbreakers: json('route', readCircuitBreakers),
  route_filter_outlierdetection: json('route', readOutlierDetection),
  route_filter_host_rewrite: json('route', readHostRewrite),
  route_filter_redirect: json('route', readRedirect),
  /** The name that was always read, and the one that was always written. */
  route_filter_directreponse: directResponse,
  route_filter_directresponse: directResponse,
} as const;

export type FilterTypeName = keyof typeof FILTER_TYPES;

export function isFilterType(text: string): text is FilterTypeName {
  return Object.hasOwn(FILTER_TYPES, text);
}

/** Checks a filter's configuration text; an unknown type is an error too. */
export function checkFilter(type: string, text: string): Checked<unknown> {
  if (isFilterType(type)) return FILTER_TYPES[type].parse(text);
  return invalid(`filter type ${JSON.stringify(type)} is not known: use one of ${Object.keys(FILTER_TYPES).join(', ')}`);
}

/** The `config_json` of a filter whose text was checked. */
export function configJson(type: FilterTypeName, text: string): unknown {
  return FILTER_TYPES[type].configJson(text);
}

/**
 * A type whose configuration is a JSON object. `unconfigured` is the `config_json` of an empty text; `normalize` makes
 * that of a document, which is else stored as given.
 */
function json<T>(
  attachesTo: 'service' | 'route',
  read: (document: JsonReader) => T,
  unconfigured: object = {},
  normalize: (document: JsonReader, given: unknown) => unknown = (_document, given) => given,
): FilterType<T> {
  return {
    attachesTo,
    parse(text) {
      if (text.trim() === '') return valid(undefined);
      const document = parseJson(text);
      return document.ok ? reading(() => read(new JsonReader(document.value))) : document;
    },
    configJson(text) {
      const document = parseJson(text);
      return document.ok ? normalize(new JsonReader(document.value), document.value) : unconfigured;
    },
  };
}

/** Keys in lower case, unknown ones and empty values left out. */
function normalizedRateLimit(document: JsonReader): object {
  const descriptors = document.list('descriptors')?.map((entry) => {
    const generic = entry.object('generic_key');
    const header = entry.object('request_headers');
    const flags = (['source_cluster', 'destination_cluster', 'remote_address'] as const).map((kind) => [
      kind,
      entry.string(kind),
    ]);
    return {
      ...(generic && { generic_key: strings(generic, ['descriptor_value']) }),
      ...(header && { request_headers: strings(header, ['header_name', 'descriptor_key']) }),
      ...Object.fromEntries(flags.filter(([, value]) => value !== '')),
    };
  });
  return descriptors === undefined || descriptors.length === 0 ? {} : { descriptors };
}

function normalizedCors(document: JsonReader): object {
  const condition = document.object('match_condition');
  return {
    match_condition: condition ? strings(condition, ['exact', 'prefix', 'suffix', 'contains', 'regex']) : {},
    ...strings(document, [
      'access_control_allow_methods',
      'access_control_allow_headers',
      'access_control_expose_headers',
      'access_control_max_age',
    ]),
  };
}

function strings(reader: JsonReader, names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, reader.string(name)]).filter(([, value]) => value !== ''));
}
