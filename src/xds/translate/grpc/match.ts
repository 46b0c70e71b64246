import type {
  HeaderMatcher,
  RouteMatch as EnvoyRouteMatch,
} from '../../../../gen/envoy-api/envoy/config/route/v3/route_components';
import {
  HeaderMatcher as HeaderMatcherCodec,
  RouteMatch as Codec,
} from '../../../../gen/envoy-api/envoy/config/route/v3/route_components';
import type { HeaderMatch, RouteMatch } from '../../../gateway';

/** Each header whose absence satisfies a test doubles the matches of a route. */
const MAX_DENIED_HEADERS = 3;

/** What a client adds, or only its connection knows, after it has chosen a route (gRFC A28): nothing can be matched there. */
const UNSEEN = /^(?::.*|.*-bin|grpc-.*|host|te|user-agent)$/;

/**
 * The route matches that together are the model's, for a gRPC client (gRFC A28, A63). To it a header that is absent fails
 * every test but that for absence, so a test that denies becomes two matches. Every call is a POST, which the client does not
 * look at: tests of `:method` are decided here.
 * @returns no match when no call can meet it; a text, why a client cannot tell
 */
export function grpcRouteMatches({ path, headers }: RouteMatch): readonly EnvoyRouteMatch[] | string {
  const [ofMethod, others] = partition(headers, ({ name }) => name.toLowerCase() === ':method');
  if (!ofMethod.every(isMetByPost)) return [];
  const unseen = others.find(({ name }) => UNSEEN.test(name.toLowerCase()));
  if (unseen) return `matches by the header ${unseen.name}, which gRPC clients do not see`;
  const [denied, asked] = partition(others, ({ test }) => test === 'notexact' || test === 'notcontains');
  const deniedNames = [...new Set(denied.map(({ name }) => name.toLowerCase()))];
  if (deniedNames.length > MAX_DENIED_HEADERS) return `denies values of more than ${MAX_DENIED_HEADERS} headers`;
  const variants = deniedNames.reduce<readonly (readonly HeaderMatcher[])[]>(
    (before, name) => {
      const present = denied.filter((header) => header.name.toLowerCase() === name).map(headerMatcher);
      return before.flatMap((matchers) => [
        [...matchers, ...present],
        [...matchers, HeaderMatcherCodec.fromPartial({ name, presentMatch: true, invertMatch: true })],
      ]);
    },
    [asked.map(headerMatcher)],
  );
  return variants.map((matchers) =>
    Codec.fromPartial({
      ...(path.kind === 'regex' ? { safeRegex: { regex: path.value } } : { prefix: path.value }),
      headers: [...matchers],
    }),
  );
}

function isMetByPost({ test, value }: HeaderMatch): boolean {
  switch (test) {
    case 'present':
      return true;
    case 'exact':
      return value === 'POST';
    case 'notexact':
      return value !== 'POST';
    case 'contains':
      return 'POST'.includes(value);
    case 'notcontains':
      return !'POST'.includes(value);
  }
}

function headerMatcher({ name: written, test, value }: HeaderMatch): HeaderMatcher {
  // The keys of metadata are lower case, and clients compare them letter by letter.
  const name = written.toLowerCase();
  switch (test) {
    case 'present':
      return HeaderMatcherCodec.fromPartial({ name, presentMatch: true });
    case 'exact':
      return HeaderMatcherCodec.fromPartial({ name, stringMatch: { exact: value } });
    case 'notexact':
      return HeaderMatcherCodec.fromPartial({ name, stringMatch: { exact: value }, invertMatch: true });
    case 'contains':
      return HeaderMatcherCodec.fromPartial({ name, stringMatch: { contains: value } });
    case 'notcontains':
      return HeaderMatcherCodec.fromPartial({ name, stringMatch: { contains: value }, invertMatch: true });
  }
}

function partition<T>(values: readonly T[], isFirst: (value: T) => boolean): [first: T[], second: T[]] {
  return [values.filter(isFirst), values.filter((value) => !isFirst(value))];
}
