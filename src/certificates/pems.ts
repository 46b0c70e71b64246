import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { PemFiles } from '../settings';

/** The contents of PEM files. */
export type Pems = Readonly<Record<keyof PemFiles, Buffer>>;

/** @throws Error of the file system, which names the file */
export async function readPems({ certificate, privateKey, authority }: PemFiles): Promise<Pems> {
  const [first, second, third] = await Promise.all([readFile(certificate), readFile(privateKey), readFile(authority)]);
  return { certificate: first, privateKey: second, authority: third };
}

/** Why a server cannot be opened with them; undefined when it can. Nothing of a private key is in it. */
export function faultOf({ certificate, privateKey, authority }: Pems): string | undefined {
  const own = readCertificates(certificate);
  if (typeof own === 'string') return `the certificate ${own}`;
  const trusted = readCertificates(authority);
  if (typeof trusted === 'string') return `the authority's certificate ${trusted}`;
  const [leaf] = own;
  try {
    if (!leaf?.checkPrivateKey(createPrivateKey(privateKey))) return 'the private key is not the one of the certificate';
    createSecureContext({ cert: certificate, key: privateKey, ca: authority });
  } catch (error) {
    return `the private key or the certificate cannot be read (${(error as Error).message})`;
  }
  const expires = new Date(leaf.validTo);
  return expires.getTime() < Date.now() ? `the certificate expired at ${expires.toISOString()}` : undefined;
}

/** When the first certificate expires. */
export function expiry({ certificate }: Pick<Pems, 'certificate'>): Date {
  return new Date(new X509Certificate(certificate).validTo);
}

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function readCertificates(pem: Buffer): X509Certificate[] | string {
  const blocks = pem.toString('latin1').match(BLOCK) ?? [];
  if (blocks.length === 0) return 'is not PEM: "-----BEGIN CERTIFICATE-----" is missing';
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch (error) {
    return `cannot be read (${(error as Error).message})`;
  }
}
