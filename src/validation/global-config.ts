import type { Checked } from './checked';
import { invalid, valid } from './checked';
import { parseJson } from './json';
import { JsonReader, reading, refuse } from './reader';

/** globalconfig_ratelimit: the configuration of the reference rate limit service (data-plane reference 3.4). */
export interface RateLimitDomainConfig {
  readonly domain: string;
  readonly descriptors: readonly RateLimitRule[];
}

export interface RateLimitRule {
  readonly key: string;
  /** Undefined matches every value. */
  readonly value: string | undefined;
  readonly limit: { readonly unit: RateLimitUnit; readonly requestsPerUnit: number; readonly unlimited: boolean } | undefined;
  readonly descriptors: readonly RateLimitRule[];
}

export const RATE_LIMIT_UNITS = ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'] as const;
export type RateLimitUnit = (typeof RATE_LIMIT_UNITS)[number];

const UINT32 = 4_294_967_295;

/** Checks a globalconfig's text; undefined when it is empty: created and not configured yet. Unknown keys are ignored. */
export function checkGlobalConfig(type: string, text: string): Checked<RateLimitDomainConfig | undefined> {
  if (type !== 'globalconfig_ratelimit') {
    return invalid(`globalconfig type ${JSON.stringify(type)} is not known: use globalconfig_ratelimit`);
  }
  if (text.trim() === '') return valid(undefined);
  const document = parseJson(text);
  return document.ok ? reading(() => readDomain(new JsonReader(document.value))) : document;
}

function readDomain(document: JsonReader): RateLimitDomainConfig {
  const domain = document.string('domain') || refuse('domain', 'must not be empty');
  return { domain, descriptors: readRules(document) };
}

function readRules(parent: JsonReader): readonly RateLimitRule[] {
  const seen = new Set<string>();
  return (parent.list('descriptors') ?? []).map((entry) => {
    const key = entry.string('key') || refuse(entry.at('key'), 'must not be empty');
    const value = entry.string('value') || undefined;
    const name = value === undefined ? key : `${key}_${value}`;
    if (seen.has(name)) refuse(entry.place, `repeats ${JSON.stringify(name)} of the same level`);
    seen.add(name);
    const limit = entry.object('rate_limit');
    return { key, value, limit: limit && readLimit(limit), descriptors: readRules(entry) };
  });
}

function readLimit(limit: JsonReader): RateLimitRule['limit'] {
  const unlimited = limit.boolean('unlimited');
  const given = limit.string('unit').toLowerCase();
  if (unlimited) {
    if (given !== '') refuse(limit.at('unit'), 'cannot be given together with unlimited');
    return { unit: 'second', requestsPerUnit: 0, unlimited };
  }
  const unit = RATE_LIMIT_UNITS.find((known) => known === given);
  if (unit === undefined) refuse(limit.at('unit'), `must be one of ${RATE_LIMIT_UNITS.join(', ')}`);
  if (!limit.has('requests_per_unit')) refuse(limit.at('requests_per_unit'), 'is missing; 0 blocks');
  return { unit, requestsPerUnit: limit.integer('requests_per_unit', 0, UINT32), unlimited };
}
