import { isIP, isIPv4, isIPv6 } from 'node:net';

/** Whether a text has one of the formats that validate.proto names in `StringRules.well_known`. */
export const FORMATS = {
  hostname: isHostname,
  ip: (value: string) => isIP(value) !== 0,
  ipv4: isIPv4,
  ipv6: isIPv6,
  uri: (value: string) => URL.canParse(value),
  uriRef: (value: string) => URL.canParse(value, 'http://base.test'),
  address: (value: string) => isHostname(value) || isIP(value) !== 0,
  uuid: (value: string) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
} as const;

/** RFC 1034, section 3.5, with a dot at the end or without, and digits at the beginning of a label as RFC 1123 allows. */
function isHostname(value: string): boolean {
  if (value.length > 253) return false;
  return value
    .replace(/\.$/, '')
    .split('.')
    .every((label) => /^(?!-)[0-9A-Za-z-]{1,63}(?<!-)$/.test(label));
}

/** The numbers of validate.KnownRegex. */
export const HTTP_HEADER_NAME = 1;
export const HTTP_HEADER_VALUE = 2;

/** What protoc-gen-validate puts for `well_known_regex`. Its class of names has `+-.`, a range, and so takes a comma. */
export function headerPattern(known: number, strict: boolean): RegExp | undefined {
  if (known !== HTTP_HEADER_NAME && known !== HTTP_HEADER_VALUE) return undefined;
  if (!strict) return /^[^\x00\n\r]*$/;
  return known === HTTP_HEADER_NAME ? /^:?[0-9a-zA-Z!#$%&'*+-.^_|~\x60]+$/ : /^[^\x00-\x08\x0a-\x1f\x7f]*$/;
}
