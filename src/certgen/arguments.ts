import { isIP } from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { StartError } from '../errors';
import type { GenerateOptions } from './generate';

export const USAGE = `certgen <folder> [--host <name or address>]... [--days <number>] [--renew | --ensure]

Makes certificates by which the control plane and its Envoys know each other:
  <folder>/authority  signs the others; keep its key from every machine that need not make certificates
  <folder>/server     for XDS_TLS_CERT (cert.pem), XDS_TLS_KEY (key.pem) and XDS_TLS_CA (ca.pem)
  <folder>/client     for each Envoy

--host    a name or an address under which Envoys dial; localhost, 127.0.0.1 and ::1 are always in it
--days    how long server and client are valid (730)
--renew   replaces server and client, and keeps the authority
--ensure  makes only what is missing, soon expired or without one of the hosts
`;

const MAX_DAYS = 3650;

/** @throws StartError with the usage for arguments that are not understood; undefined when help is asked for */
export function readArguments(args: readonly string[]): GenerateOptions | undefined {
  const { values, positionals } = parsed(args);
  if (values.help) return undefined;
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0) throw new StartError(`name one folder\n\n${USAGE}`);
  if (values.renew && values.ensure) throw new StartError('--renew and --ensure exclude each other');
  const days = /^\d{1,4}$/.test(values.days) ? Number(values.days) : 0;
  if (days < 1 || days > MAX_DAYS) throw new StartError(`--days must be a number from 1 to ${MAX_DAYS}, but is ${values.days}`);
  for (const host of values.host) {
    if (isIP(host) === 0 && !/^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(host))
      throw new StartError(`--host must be a DNS name or an IP address, but is ${JSON.stringify(host)}`);
  }
  const existing = values.renew ? 'renew' : values.ensure ? 'ensure' : 'refuse';
  return { folder: path.resolve(folder), hosts: values.host, days, existing };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        host: { type: 'string', multiple: true, default: [] },
        days: { type: 'string', default: '730' },
        renew: { type: 'boolean', default: false },
        ensure: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n\n${USAGE}`, { cause: error });
  }
}
