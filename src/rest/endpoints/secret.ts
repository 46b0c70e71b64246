import { GatewayError } from '../../errors';
import type { Checked } from '../../validation';
import { checkCertificatePem, checkPrivateKeyPem, pairMatches } from '../../validation';
import type { Call, Endpoint, Upload } from '../endpoint';
import * as operations from '../operations/secret';
import { redactPrivateKeys } from '../redact';

const KEY: Upload = { name: 'Secret_key', summary: 'the private key, PEM' };
const CERTIFICATE: Upload = { name: 'Secret_cert', summary: 'the certificate and its chain, PEM' };

/** REST reference 1.6. */
export const SECRET_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/secret',
    summary: 'List the secrets; private keys are not shown',
    status: 200,
    list: true,
    operation: operations.GET_SECRETS,
    present: redactPrivateKeys,
  },
  {
    method: 'POST',
    path: '/secret',
    summary: 'Create a secret',
    status: 201,
    fields: [
      { name: 'secret_name', summary: 'the name', required: 'Please provide secret name' },
      { name: 'secret_key', summary: 'the private key, PEM', check: checkPrivateKeyPem, invalid: 'secret_key:' },
      { name: 'secret_cert', summary: 'the certificate and its chain, PEM', check: checkCertificatePem, invalid: 'secret_cert:' },
      { name: 'secret_sni', summary: 'kept, not read' },
    ],
    operation: operations.INSERT_SECRET,
    variables: (call) => {
      const variables = fieldsOf(call, ['secret_name', 'secret_key', 'secret_cert', 'secret_sni']);
      if (variables.secret_key && variables.secret_cert) requirePair(variables.secret_cert, variables.secret_key);
      return variables;
    },
  },
  upload('key', 'Store the private key of a secret, or key and certificate at once', [
    { ...KEY, required: 'Secret_key empty' },
    CERTIFICATE,
  ]),
  upload('cert', 'Store the certificate of a secret, or certificate and key at once', [
    { ...CERTIFICATE, required: 'Secret_cert empty' },
    KEY,
  ]),
  {
    method: 'DELETE',
    path: '/secret/:secret_name',
    summary: 'Delete a secret',
    status: 200,
    operation: operations.DELETE_SECRET,
  },
];

/** One half alone is stored even when the stored other half does not match it yet: that is how a pair is rotated. */
function upload(last: 'key' | 'cert', summary: string, uploads: readonly Upload[]): Endpoint {
  return {
    method: 'POST',
    path: `/secret/:secret_name/${last}`,
    summary,
    status: 201,
    uploads,
    operation: operations.UPDATE_SECRET,
    variables: (call) => {
      const secret_key = checked('Secret_key', call.upload('Secret_key'), checkPrivateKeyPem);
      const secret_cert = checked('Secret_cert', call.upload('Secret_cert'), checkCertificatePem);
      if (secret_key !== undefined && secret_cert !== undefined) requirePair(secret_cert, secret_key);
      return {
        secret_name: call.param('secret_name'),
        pem: { ...(secret_key !== undefined && { secret_key }), ...(secret_cert !== undefined && { secret_cert }) },
      };
    },
    missing: (call) => `secret ${call.param('secret_name')} does not exist`,
  };
}

function checked(name: string, text: string | undefined, check: (text: string) => Checked<string>): string | undefined {
  const result = text === undefined ? undefined : check(text);
  if (result && !result.ok) throw new GatewayError('invalid_input', `${name}: ${result.message}`);
  return text;
}

function requirePair(certificate: string, key: string): void {
  if (!pairMatches(certificate, key)) {
    throw new GatewayError('invalid_input', 'the certificate was not issued for this private key: nothing was stored');
  }
}

function fieldsOf<Name extends string>(call: Call, names: readonly Name[]): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, call.field(name)])) as Record<Name, string>;
}
