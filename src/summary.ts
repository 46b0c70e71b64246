import type { Settings } from './settings';

/**
 * The block that a start prints: what listens where.
 * @param databaseLocation the folder of the embedded database, when it is not in DATA_DIR
 */
export function summary(
  settings: Settings,
  envoy: { readonly adopted: boolean } | undefined,
  databaseLocation: string | undefined,
): string {
  const { admin, xds, rateLimit, listen } = settings;
  const proxy = envoy
    ? [
        ['HTTP traffic', `http://${shown(listen.host)}:${listen.httpPort}`],
        ['HTTPS traffic', `https://${shown(listen.host)}:${listen.httpsPort}, once a service has a certificate`],
        [
          'Envoy',
          `admin on 127.0.0.1:${settings.envoy.adminPort}${envoy.adopted ? '; it went on serving while this was away' : ''}`,
        ],
      ]
    : [
        [
          'Envoy',
          `not run here: start one on the bootstrap that http://${shown(admin.host)}:${admin.port}/envoy/bootstrap/${settings.proxyName} serves`,
        ],
      ];
  const rows = [
    ['REST', `http://${shown(admin.host)}:${admin.port}`],
    ['GraphQL', `http://${shown(admin.host)}:${admin.port}/v1/graphql`],
    ['xDS', `${xds.host}:${xds.port}`],
    ['Rate limits', rateLimitsOf(rateLimit)],
    ...proxy,
    ...(databaseLocation === undefined
      ? []
      : [['Database', `in ${databaseLocation}: Postgres does not run as root, and its user cannot reach DATA_DIR`]]),
  ];
  const lines = rows.map(([name, where]) => `  ${name?.padEnd(14)}${where}`);
  return ['', `enroute-gateway is up. Press Ctrl-C to stop.`, ...lines, '', ''].join('\n');
}

function rateLimitsOf({ host, port, service, redisUrl }: Settings['rateLimit']): string {
  if (service) return `by the service on ${service.host}:${service.port}`;
  return `${host}:${port}${redisUrl === undefined ? '' : ', counted in Redis'}`;
}

/** A wildcard address is dialled as localhost on this machine. */
function shown(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '127.0.0.1') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
