import type { KeyObject } from 'node:crypto';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Checked } from './checked';
import { invalid, valid } from './checked';

/** A server's PEM certificates, its own first: every one must parse, and the first must name someone (CN or SAN). */
export function checkCertificatePem(text: string): Checked<string> {
  const certificates = readCertificates(text);
  if (!certificates.ok) return certificates;
  const [own] = certificates.value;
  if (!own?.subject?.includes('CN=') && own?.subjectAltName === undefined) {
    return invalid('the certificate has neither a common name nor a subject alternative name');
  }
  const weak = unservable(own.publicKey);
  return weak === undefined ? valid(text) : invalid(`the certificate's key ${weak}`);
}

/** PEM certificates of authorities, to verify others with: every one must parse. */
export function checkAuthorityPem(text: string): Checked<string> {
  const certificates = readCertificates(text);
  return certificates.ok ? valid(text) : certificates;
}

/** One private key in PEM (PKCS#8, PKCS#1 or SEC1), not encrypted, of a kind that Envoy serves. Messages never hold any of it. */
export function checkPrivateKeyPem(text: string): Checked<string> {
  const blocks = pemBlocks(text);
  const keys = blocks.filter(isPrivateKey);
  const [block] = keys;
  if (block === undefined) {
    return blocks.some((other) => other.label === 'CERTIFICATE')
      ? invalid('this is a certificate, not a private key: it belongs in secret_cert')
      : invalid('no private key found: a PEM text begins with -----BEGIN PRIVATE KEY-----');
  }
  if (keys.length > 1) return invalid(`there are ${keys.length} private keys: exactly one is expected`);
  if (block.label === 'ENCRYPTED PRIVATE KEY' || block.text.includes('Proc-Type: 4,ENCRYPTED')) {
    return invalid('the private key is encrypted: decrypt it first, e.g. with openssl pkey');
  }
  const key = readKey(block.text);
  if (key === undefined) return invalid('the private key cannot be read');
  const weak = unservable(key);
  return weak === undefined ? valid(text) : invalid(`the private key ${weak}`);
}

/** Whether the first certificate was issued for this key; false when either cannot be read or served. */
export function pairMatches(certificate: string, privateKey: string): boolean {
  if (!checkCertificatePem(certificate).ok || !checkPrivateKeyPem(privateKey).ok) return false;
  const certificates = readCertificates(certificate);
  const key = readKey(pemBlocks(privateKey).find(isPrivateKey)?.text ?? '');
  return certificates.ok && key !== undefined && (certificates.value[0]?.checkPrivateKey(key) ?? false);
}

interface PemBlock {
  readonly label: string;
  readonly text: string;
}

/** Line by line, in linear time; a block without an end is none. */
function pemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  let open: { label: string; lines: string[] } | undefined;
  for (const line of text.split(/\r?\n/)) {
    const boundary = /^-----(BEGIN|END) ([A-Z0-9 ]+)-----\s*$/.exec(line);
    const label = boundary?.[2] ?? '';
    if (boundary?.[1] === 'BEGIN') open = { label, lines: [] };
    open?.lines.push(line.trimEnd());
    if (boundary?.[1] === 'END' && open?.label === label) {
      blocks.push({ label, text: `${open.lines.join('\n')}\n` });
      open = undefined;
    }
  }
  return blocks;
}

function isPrivateKey(block: PemBlock): boolean {
  return block.label.endsWith('PRIVATE KEY');
}

/** At least one. */
function readCertificates(text: string): Checked<readonly X509Certificate[]> {
  const blocks = pemBlocks(text);
  if (blocks.some(isPrivateKey)) return invalid('this is a private key, not a certificate: it belongs in secret_key');
  const certificates = blocks.filter((block) => block.label === 'CERTIFICATE').map((block) => readCertificate(block.text));
  if (certificates.length === 0) return invalid('no certificate found: a PEM text begins with -----BEGIN CERTIFICATE-----');
  const unreadable = certificates.indexOf(undefined);
  if (unreadable >= 0) return invalid(`certificate ${unreadable + 1} of ${certificates.length} cannot be read`);
  return valid(certificates.filter((certificate) => certificate !== undefined));
}

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function readKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];

/** Why Envoy would refuse a key of this kind in a listener's certificate; undefined when it would not. */
function unservable(key: KeyObject): string | undefined {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === 'rsa') {
    const bits = details?.modulusLength ?? 0;
    return bits < 2048 ? `is RSA of ${bits} bits: Envoy asks for at least 2048` : undefined;
  }
  if (key.asymmetricKeyType === 'ec') {
    return CURVES.includes(details?.namedCurve ?? '')
      ? undefined
      : `is on a curve that Envoy does not serve: use P-256, P-384 or P-521`;
  }
  return `is of type ${key.asymmetricKeyType ?? 'unknown'}: Envoy serves RSA and ECDSA`;
}
