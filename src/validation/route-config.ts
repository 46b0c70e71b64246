import type { Checked } from './checked';
import { parseFirstJson } from './json';
import { checkPrefix } from './prefix';
import { headerName, headerValue, JsonReader, need, reading, refuse } from './reader';
import { invalid } from './checked';

/** `route_config` as REST reference 1.4 has it; header is null when the document has none. */
export interface RouteConfig {
  readonly prefix: string;
  readonly header: readonly RouteHeader[] | null;
}

/** Empty texts and false mean that the test was not asked for. */
export interface RouteHeader {
  readonly name: string;
  readonly present: boolean;
  readonly contains: string;
  readonly notcontains: string;
  readonly exact: string;
  readonly notexact: string;
}

const TEXT_TESTS = ['contains', 'notcontains', 'exact', 'notexact'] as const;
const EVERYTHING: RouteConfig = {
  prefix: '/',
  header: [{ name: '', present: false, contains: '', notcontains: '', exact: '', notexact: '' }],
};

/** Reads and checks a route_config; an empty text matches every path. An empty prefix inside it is fine. */
export function parseRouteConfig(text: string): Checked<RouteConfig> {
  if (text === '') return { ok: true, value: EVERYTHING };
  const json = parseFirstJson(text);
  if (!json.ok) return invalid(`route_config, ${json.message}`);
  const config = reading(() => {
    const document = new JsonReader(json.value);
    const prefix = document.string('prefix');
    if (prefix !== '') need('prefix', checkPrefix(prefix));
    const header = document.list('header')?.map(readHeader) ?? null;
    refuseContradictions(header ?? []);
    return { prefix, header };
  });
  return config.ok ? config : invalid(`route_config, ${config.message}`);
}

/** The `config_json` of a route (REST reference 1.4): prefix and header always, a header's name always, its tests when set. */
export function normalizedRouteConfig(config: RouteConfig): object {
  const header = config.header?.map(({ name, ...tests }) => ({
    name,
    ...Object.fromEntries(Object.entries(tests).filter(([, value]) => value !== '' && value !== false)),
  }));
  return { prefix: config.prefix, header: header ?? null };
}

function readHeader(header: JsonReader): RouteHeader {
  const name = header.string('name');
  if (name !== '') headerName(header.at('name'), name.trim());
  const [contains, notcontains, exact, notexact] = TEXT_TESTS.map((test) => headerValue(header.at(test), header.string(test)));
  const tests = { contains: contains ?? '', notcontains: notcontains ?? '', exact: exact ?? '', notexact: notexact ?? '' };
  if (name === '' && (header.boolean('present') || Object.values(tests).some((value) => value !== ''))) {
    refuse(header.at('name'), 'is missing: a test needs the name of a header');
  }
  return { name, present: header.boolean('present'), ...tests };
}

/** A header cannot equal two values: such a route would never match. */
function refuseContradictions(headers: readonly RouteHeader[]): void {
  const seen = new Map<string, string>();
  for (const [index, { name, exact }] of headers.entries()) {
    if (exact.trim() === '') continue;
    const key = name.trim().toLowerCase();
    const earlier = seen.get(key);
    if (earlier !== undefined)
      refuse(`header[${index}]`, `asks ${name} to be exactly a second value: such a route never matches`);
    seen.set(key, exact);
  }
}
