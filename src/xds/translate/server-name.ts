import { ServerNameInput } from '../../../gen/envoy-api/envoy/extensions/matching/common_inputs/network/v3/network_inputs';
import { StringValue } from '../../../gen/envoy-api/google/protobuf/wrappers';
import { Matcher, Matcher_MatcherList, Matcher_MatcherTree } from '../../../gen/envoy-api/xds/type/matcher/v3/matcher';
import type { Matcher_OnMatch as OnMatch } from '../../../gen/envoy-api/xds/type/matcher/v3/matcher';
import { pack } from '../resource';
import { EVERY_HOST, tlsChainName } from './names';
import { isWildcard } from './scope';

const SERVER_NAME = { name: 'envoy.matching.inputs.server_name', typedConfig: pack(ServerNameInput, ServerNameInput.create()) };

/**
 * Chooses the filter chain of a TLS connection by its server name, which Envoy has in lower case: the host itself, else the
 * longest wildcard that covers it, else the host for everything, which is also for clients that give no name.
 * @param hosts at least one
 */
export function serverNameMatcher(hosts: readonly string[]): Matcher {
  const wildcards = hosts.filter((host) => host !== EVERY_HOST && isWildcard(host));
  const exact = hosts.filter((host) => host !== EVERY_HOST && !isWildcard(host));
  const every = hosts.includes(EVERY_HOST) ? chainOf(EVERY_HOST) : undefined;
  const bySuffix =
    wildcards.length === 0 ? every : { matcher: Matcher.fromPartial({ ...suffixes(wildcards), onNoMatch: every }) };
  return Matcher.fromPartial({ ...(exact.length > 0 && byName(exact)), onNoMatch: bySuffix });
}

function byName(hosts: readonly string[]): Partial<Matcher> {
  const map = Object.fromEntries(hosts.map((host) => [host, chainOf(host)]));
  return { matcherTree: Matcher_MatcherTree.fromPartial({ input: SERVER_NAME, exactMatchMap: { map } }) };
}

function suffixes(wildcards: readonly string[]): Partial<Matcher> {
  const longestFirst = [...wildcards].sort((one, other) => other.length - one.length);
  const matchers = longestFirst.map((wildcard) => ({
    predicate: { singlePredicate: { input: SERVER_NAME, valueMatch: { suffix: wildcard.slice(1) } } },
    onMatch: chainOf(wildcard),
  }));
  return { matcherList: Matcher_MatcherList.fromPartial({ matchers }) };
}

function chainOf(host: string): OnMatch {
  const name = StringValue.create({ value: tlsChainName(host) });
  return { action: { name: 'filter-chain-name', typedConfig: pack(StringValue, name) } };
}
