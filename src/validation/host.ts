import { isIPv4, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Checked } from './checked';
import { invalid, valid } from './checked';
import { checkPort } from './fields';

/**
 * A service's fqdn: an exact host name, an IP literal, `*.suffix` or `*`, each with or without a port. The host comes
 * back in lower case, without port and final dot, international names in their ASCII form, IPv6 in brackets: as the Host
 * header carries it.
 */
export function checkFqdn(text: string): Checked<{ readonly host: string }> {
  if (text === '') return invalid('fqdn is empty: it must be a host name, *.suffix or *');
  const { name, port } = splitPort(text);
  if (port !== undefined) {
    const checked = checkPort(port);
    if (!checked.ok) return invalid(`fqdn ${JSON.stringify(text)}: ${checked.message}`);
  }
  if (name === '*') return valid({ host: '*' });
  if (isIPv4(name)) return valid({ host: name });
  if (name.startsWith('[') && name.endsWith(']') && isPlainIPv6(name.slice(1, -1))) return valid({ host: name.toLowerCase() });
  if (isPlainIPv6(text)) return valid({ host: `[${text.toLowerCase()}]` });
  const wildcard = name.startsWith('*.') ? '*.' : '';
  const host = dnsName(name.slice(wildcard.length));
  if (host !== undefined) return valid({ host: wildcard + host });
  return invalid(`fqdn ${JSON.stringify(text)} is not a host name, an IP address, *.suffix or *`);
}

/** Where an upstream is: an IPv4 or IPv6 literal (with or without brackets) or a DNS name; without a port. */
export function checkUpstreamAddress(text: string): Checked<{ readonly address: string; readonly isIp: boolean }> {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  if (isIPv4(text) || isPlainIPv6(bare)) return valid({ address: bare, isIp: true });
  const address = dnsName(text);
  if (address !== undefined) return valid({ address, isIp: false });
  const { name, port } = splitPort(text);
  const hint = port !== undefined && (isIPv4(name) || dnsName(name) !== undefined) ? ': the port has a field of its own' : '';
  return invalid(`address ${JSON.stringify(text)} is not an IP address or a DNS name${hint}`);
}

/** Zone ids (`fe80::1%eth0`) mean something on one machine only. */
function isPlainIPv6(text: string): boolean {
  return isIPv6(text) && !text.includes('%');
}

function splitPort(text: string): { name: string; port: string | undefined } {
  const match = /^(\[[^\]]*\]|[^:]*):(\d*)$/.exec(text);
  return match?.[1] === undefined ? { name: text, port: undefined } : { name: match[1], port: match[2] };
}

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/;

/** A DNS name in lower case and ASCII, without a final dot; undefined when it is none. Underscores are taken: containers have them. */
function dnsName(text: string): string | undefined {
  const ascii = /^[\x20-\x7e]*$/.test(text) ? text.toLowerCase() : domainToASCII(text);
  const name = ascii.endsWith('.') ? ascii.slice(0, -1) : ascii;
  const labels = name.split('.');
  const usable = name.length <= 253 && labels.every((label) => label.length <= 63 && LABEL.test(label));
  // A name that ends in a number is read as an IPv4 address everywhere, and this one is none.
  return usable && !/^\d+$/.test(labels[labels.length - 1] ?? '') ? name : undefined;
}
