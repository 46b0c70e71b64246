import { StartError } from './errors';
import { isLoopback } from './loopback';
import type { Settings } from './settings';

/**
 * Refuses to open a port to other machines, or to every page, without anything that tells who may come in.
 * @throws StartError that names the setting and says what to do
 */
export function refuseOpenDoors({ admin, graphql, xds, rateLimit, tls, insecureXds }: Settings): void {
  if (admin.secret === undefined && !isLoopback(admin.host)) {
    throw new StartError(
      `ADMIN_HOST ${admin.host} lets other machines in, and nothing keeps them from changing everything: ` +
        'set ADMIN_SECRET, which every call must carry then, or leave ADMIN_HOST at 127.0.0.1',
    );
  }
  if (admin.secret === undefined && graphql.allowedOrigins?.includes('*')) {
    throw new StartError(
      'GRAPHQL_CORS * lets every page that is open in a browser here change everything: set ADMIN_SECRET, or name the origins',
    );
  }
  if (tls !== undefined || insecureXds) return;
  const opened = [['XDS_HOST', xds.host] as const, ...(rateLimit.service ? [] : [['RATELIMIT_HOST', rateLimit.host] as const])];
  for (const [name, host] of opened) {
    if (isLoopback(host)) continue;
    throw new StartError(
      `${name} ${host} lets other machines in, who could read every private key: make certificates by "npm run certgen -- <folder>" ` +
        'and set XDS_TLS_CERT, XDS_TLS_KEY and XDS_TLS_CA to them, or set XDS_INSECURE=1 where the network keeps strangers out',
    );
  }
}
