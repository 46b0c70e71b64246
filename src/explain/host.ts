import { isIP } from 'node:net';

/**
 * A Host as it is compared with the hosts of a RouteConfiguration: in lower case and, as ignore_port_in_host_matching has
 * it, without what follows its last colon.
 */
export function comparedHost(host: string): string {
  const colon = host.lastIndexOf(':');
  return (colon > host.lastIndexOf(']') ? host.slice(0, colon) : host).toLowerCase();
}

/** The hosts that cover a name, most specific first: itself, `*.suffix` from the longest suffix on, `*`. */
export function coveringHosts(name: string): string[] {
  const suffixes: string[] = [];
  for (let dot = name.indexOf('.', 1); dot >= 0; dot = name.indexOf('.', dot + 1)) suffixes.push(`*${name.slice(dot)}`);
  return [name, ...suffixes, '*'];
}

/** The server name that clients send in a TLS handshake: no final dot; undefined for an IP address, which has none (RFC 6066). */
export function serverName(name: string): string | undefined {
  if (name.startsWith('[') || isIP(name) !== 0) return undefined;
  return name.replace(/\.$/, '');
}
