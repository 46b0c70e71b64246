import path from 'node:path';
import { z } from 'zod';
import { refuseOpenDoors } from './doors';
import { StartError } from './errors';

const port = z
  .string()
  .regex(/^\d+$/, 'must be a port number from 1 to 65535')
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65_535, 'must be a port number from 1 to 65535');
const host = z.string().regex(/^[A-Za-z0-9._:-]+$/, 'must be a host name or an IP address');
const milliseconds = z
  .string()
  .regex(/^[1-9]\d{0,7}$/, 'must be a number of milliseconds')
  .transform(Number);
const httpUrl = z.string().regex(/^https?:\/\/[^/]/, 'must be a URL that begins with http:// or https://');
const size = z.string().regex(/^\d+$/, 'must be a number of bytes').transform(Number);

const count = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'must be a number above 0')
  .transform(Number);
const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');
const list = z.string().transform((text) => text.split(',').map((item) => item.trim()));
const schemaNames = list.refine(
  (names) => names.every((name) => name !== ''),
  'must be names of Postgres schemas with commas between',
);
const origins = list.refine(
  (items) => items.every((item) => item === '*' || /^https?:\/\/(\*\.)?[A-Za-z0-9.-]+(:\d+)?$/.test(item)),
  'must be * or origins such as https://example.com or https://*.example.com with commas between',
);

const ADDRESS = /^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):(\d{1,5})$/;

function isAddress(text: string): boolean {
  const portNumber = Number(ADDRESS.exec(text)?.[2]);
  return portNumber >= 1 && portNumber <= 65_535;
}

function addressOf(text: string): Address {
  const [, name = '', portNumber] = ADDRESS.exec(text) ?? [];
  return { host: name.replace(/^\[(.*)\]$/, '$1'), port: Number(portNumber) };
}

const address = z.string().refine(isAddress, 'must be a host and a port such as ratelimit:8081').transform(addressOf);
const addresses = list
  .refine((items) => items.every(isAddress), 'must be addresses such as gateway-2:8001 with commas between')
  .transform((items) => items.map(addressOf));

const schema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must be a URL that begins with postgres:// or postgresql://')
    .optional(),
  DATA_DIR: z.string().default('.data'),
  ADMIN_HOST: host.default('127.0.0.1'),
  ADMIN_PORT: port.default(1323),
  ADMIN_SECRET: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be of visible ASCII characters without blanks, since it travels in a header')
    .optional(),
  XDS_HOST: host.default('127.0.0.1'),
  XDS_PORT: port.default(8001),
  XDS_PEERS: addresses.default([]),
  RATELIMIT_HOST: host.default('127.0.0.1'),
  RATELIMIT_PORT: port.default(8003),
  XDS_TLS_CERT: z.string().optional(),
  XDS_TLS_KEY: z.string().optional(),
  XDS_TLS_CA: z.string().optional(),
  XDS_INSECURE: z.enum(['0', '1'], 'must be 0 or 1').default('0'),
  ENVOY_TLS_CERT: z.string().optional(),
  ENVOY_TLS_KEY: z.string().optional(),
  ENVOY_TLS_CA: z.string().optional(),
  RATE_LIMIT_SERVICE: address.optional(),
  RATE_LIMIT_ON_FAILURE: z.enum(['allow', 'deny'], 'must be allow or deny').default('allow'),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must be a URL that begins with redis:// or rediss://')
    .optional(),
  RATELIMIT_PEERS: addresses.default([]),
  ADVERTISE_HOST: host.optional(),
  LISTEN_HOST: host.default('0.0.0.0'),
  HTTP_PORT: port.default(8080),
  HTTPS_PORT: port.default(8443),
  PUBLIC_HTTPS_PORT: port.optional(),
  ENVOY_ADMIN_PORT: port.default(9901),
  ENVOY_BIN: z.string().optional(),
  ENVOY: z.enum(['managed', 'off'], 'must be managed or off').default('managed'),
  PROXY_NAME: z
    .string()
    .regex(/^[^/\s]+$/, 'must be a name without blanks or slashes')
    .default('gw'),
  ADMIN_MAX_CONNECTIONS: count.default(25_000),
  MAX_BODY_BYTES: size.default(1_048_576),
  GRAPHQL_SCHEMAS: schemaNames.default(['saaras_db', 'gateway']),
  GRAPHQL_METADATA: z.string().optional(),
  GRAPHQL_CORS: origins.optional(),
  GRAPHQL_MAX_ROWS: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be a number of rows')
    .transform(Number)
    .optional(),
  GRAPHQL_MAX_DEPTH: count.default(50),
  GRAPHQL_MAX_NODES: count.default(10_000),
  GRAPHQL_MAX_ALIASES: count.default(1_000),
  GRAPHQL_MAX_BATCH: count.default(100),
  GRAPHQL_TIMEOUT_MS: milliseconds.default(60_000),
  GRAPHQL_QUERY_TIMEOUT_MS: milliseconds.default(4_000),
  GRAPHQL_INTROSPECTION: flag.default(true),
  HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_REFETCH_INTERVAL: milliseconds.default(1000),
  HASURA_GRAPHQL_STREAMING_QUERIES_MULTIPLEXED_REFETCH_INTERVAL: milliseconds.default(1000),
  HASURA_GRAPHQL_STRINGIFY_NUMERIC_TYPES: flag.default(false),
  HASURA_GRAPHQL_V1_BOOLEAN_NULL_COLLAPSE: flag.default(false),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl.optional(),
  OTEL_SDK_DISABLED: flag.default(false),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace'], 'must be fatal, error, warn, info, debug or trace')
    .default('info'),
});

/** What the operator set, read once. Ports are TCP ports, sizes are bytes, paths are absolute. */
export interface Settings {
  /** Postgres to use; undefined starts the embedded one in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly admin: {
    readonly host: string;
    readonly port: number;
    readonly secret: string | undefined;
    readonly maxBodyBytes: number;
    readonly maxConnections: number;
  };
  readonly graphql: GraphQLSettings;
  readonly xds: { readonly host: string; readonly port: number };
  readonly rateLimit: RateLimitSettings;
  /** Where the other instances on the same database are dialled: an Envoy elsewhere goes to them when this one is away. */
  readonly peers: { readonly xds: readonly Address[]; readonly rateLimit: readonly Address[] };
  /** What the ports of xDS and of the rate limit service are opened with; undefined opens them in clear. */
  readonly tls: TlsSettings | undefined;
  /** The operator takes it upon himself that they are open to other machines in clear. */
  readonly insecureXds: boolean;
  /** The host name under which an Envoy elsewhere dials xDS and the rate limit service. */
  readonly advertiseHost: string;
  readonly listen: {
    readonly host: string;
    readonly httpPort: number;
    readonly httpsPort: number;
    readonly publicHttpsPort: number;
  };
  readonly envoy: { readonly mode: 'managed' | 'off'; readonly binary: string | undefined; readonly adminPort: number };
  /** The proxy that the managed Envoy is (its node cluster), and whose rate limit domains carry no prefix. */
  readonly proxyName: string;
  /** Traces are sent: where to, OpenTelemetry's own packages read from the same variables. */
  readonly sendsTraces: boolean;
  readonly logLevel: string;
}

/** A host name or an IP address, and a TCP port. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Absolute paths of PEM files. */
export interface PemFiles {
  readonly certificate: string;
  readonly privateKey: string;
  /** Who is trusted: signs the certificates of the other side. */
  readonly authority: string;
}

export interface TlsSettings {
  /** The server's, read again whenever they change. */
  readonly server: PemFiles;
  /** Envoy's, by which it dials: the managed one reads them, and the bootstrap for others names them. */
  readonly client: PemFiles;
}

export interface RateLimitSettings {
  /** Where the built-in service listens. */
  readonly host: string;
  readonly port: number;
  /** Another service that Envoy asks; the built-in one then does not run. */
  readonly service: Address | undefined;
  /** Where the built-in service counts; undefined counts in memory. */
  readonly redisUrl: string | undefined;
  /** What becomes of a request whose limit cannot be counted, or when no service answers. */
  readonly onFailure: 'allow' | 'deny';
}

export interface GraphQLSettings {
  /** The Postgres schemas that are served. */
  readonly schemas: readonly string[];
  /** The absolute path of the metadata file. */
  readonly metadata: string | undefined;
  /** The pages that may call: `*`, or origins. */
  readonly allowedOrigins: readonly string[] | undefined;
  readonly maxRows: number | undefined;
  /** What a document may ask for. */
  readonly limits: { readonly depth: number; readonly fields: number; readonly aliases: number };
  /** How many operations a request may hold. */
  readonly maxBatch: number;
  /** How long a mutation may take, and what the gateway asks itself, in milliseconds. */
  readonly timeMs: number;
  /** How long a client's query may take until its answer begins, in milliseconds. */
  readonly queryTimeMs: number;
  /** Whether the schema may be asked for. */
  readonly introspection: boolean;
  /** How often live queries and streams poll that are not told of changes, in milliseconds. */
  readonly pollMs: number;
  readonly streamPollMs: number;
  readonly stringifyNumerics: boolean;
  readonly nullCollapse: boolean;
}

/**
 * Settings from environment variables; an empty variable counts as unset.
 * @throws StartError naming every variable with a bad value, on one line, or a port that would be open to everybody.
 */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const given = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, environment[name] || undefined]));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new StartError(
      parsed.error.issues
        .map((issue) => `${issue.path.join('.')} ${issue.message}, but is ${shown(issue.path[0], given)}`)
        .join('; '),
    );
  }
  const value = parsed.data;
  refuseSharedPorts(value);
  if (value.RATE_LIMIT_SERVICE && value.REDIS_URL) {
    throw new StartError(
      'REDIS_URL is for the built-in rate limit service, which does not run with RATE_LIMIT_SERVICE: set one of them, and give Redis to that service by its own settings',
    );
  }
  const settings: Settings = {
    databaseUrl: value.DATABASE_URL,
    dataDir: path.resolve(value.DATA_DIR),
    admin: {
      host: value.ADMIN_HOST,
      port: value.ADMIN_PORT,
      secret: value.ADMIN_SECRET,
      maxBodyBytes: value.MAX_BODY_BYTES,
      maxConnections: value.ADMIN_MAX_CONNECTIONS,
    },
    graphql: {
      schemas: value.GRAPHQL_SCHEMAS,
      metadata: value.GRAPHQL_METADATA && path.resolve(value.GRAPHQL_METADATA),
      allowedOrigins: value.GRAPHQL_CORS,
      maxRows: value.GRAPHQL_MAX_ROWS,
      limits: { depth: value.GRAPHQL_MAX_DEPTH, fields: value.GRAPHQL_MAX_NODES, aliases: value.GRAPHQL_MAX_ALIASES },
      maxBatch: value.GRAPHQL_MAX_BATCH,
      timeMs: value.GRAPHQL_TIMEOUT_MS,
      queryTimeMs: value.GRAPHQL_QUERY_TIMEOUT_MS,
      introspection: value.GRAPHQL_INTROSPECTION,
      pollMs: value.HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_REFETCH_INTERVAL,
      streamPollMs: value.HASURA_GRAPHQL_STREAMING_QUERIES_MULTIPLEXED_REFETCH_INTERVAL,
      stringifyNumerics: value.HASURA_GRAPHQL_STRINGIFY_NUMERIC_TYPES,
      nullCollapse: value.HASURA_GRAPHQL_V1_BOOLEAN_NULL_COLLAPSE,
    },
    xds: { host: value.XDS_HOST, port: value.XDS_PORT },
    rateLimit: {
      host: value.RATELIMIT_HOST,
      port: value.RATELIMIT_PORT,
      service: value.RATE_LIMIT_SERVICE,
      redisUrl: value.REDIS_URL,
      onFailure: value.RATE_LIMIT_ON_FAILURE,
    },
    peers: { xds: value.XDS_PEERS, rateLimit: value.RATELIMIT_PEERS },
    tls: tlsOf(value),
    insecureXds: value.XDS_INSECURE === '1',
    advertiseHost: value.ADVERTISE_HOST ?? reachable(value.XDS_HOST),
    listen: {
      host: value.LISTEN_HOST,
      httpPort: value.HTTP_PORT,
      httpsPort: value.HTTPS_PORT,
      publicHttpsPort: value.PUBLIC_HTTPS_PORT ?? value.HTTPS_PORT,
    },
    envoy: { mode: value.ENVOY, binary: value.ENVOY_BIN, adminPort: value.ENVOY_ADMIN_PORT },
    proxyName: value.PROXY_NAME,
    sendsTraces:
      !value.OTEL_SDK_DISABLED && Boolean(value.OTEL_EXPORTER_OTLP_ENDPOINT ?? value.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT),
    logLevel: value.LOG_LEVEL,
  };
  refuseOpenDoors(settings);
  return settings;
}

function tlsOf(value: z.infer<typeof schema>): TlsSettings | undefined {
  const { XDS_TLS_CERT: certificate, XDS_TLS_KEY: privateKey, XDS_TLS_CA: authority } = value;
  if (certificate === undefined && privateKey === undefined && authority === undefined) return undefined;
  if (certificate === undefined || privateKey === undefined || authority === undefined)
    throw new StartError('XDS_TLS_CERT, XDS_TLS_KEY and XDS_TLS_CA belong together: set all three, or none of them');
  const ofClient = (name: string): string => path.join(path.dirname(certificate), '../client', name);
  return {
    server: absolute({ certificate, privateKey, authority }),
    client: absolute({
      certificate: value.ENVOY_TLS_CERT ?? ofClient('cert.pem'),
      privateKey: value.ENVOY_TLS_KEY ?? ofClient('key.pem'),
      authority: value.ENVOY_TLS_CA ?? ofClient('ca.pem'),
    }),
  };
}

function absolute({ certificate, privateKey, authority }: PemFiles): PemFiles {
  return { certificate: path.resolve(certificate), privateKey: path.resolve(privateKey), authority: path.resolve(authority) };
}

/** A wildcard address cannot be dialled. */
function reachable(listenHost: string): string {
  return listenHost === '0.0.0.0' || listenHost === '::' ? '127.0.0.1' : listenHost;
}

/** The value for the message; one that is a secret, or may hold one as a URL does, is not repeated. */
function shown(name: PropertyKey | undefined, given: Record<string, string | undefined>): string {
  const isSecret = ['DATABASE_URL', 'ADMIN_SECRET', 'REDIS_URL'].includes(String(name));
  return isSecret ? 'something else' : JSON.stringify(given[String(name)] ?? '');
}

function refuseSharedPorts(value: z.infer<typeof schema>): void {
  const names = ['ADMIN_PORT', 'XDS_PORT', 'RATELIMIT_PORT', 'HTTP_PORT', 'HTTPS_PORT', 'ENVOY_ADMIN_PORT'] as const;
  for (const [index, name] of names.entries()) {
    const earlier = names.slice(0, index).find((other) => value[other] === value[name]);
    if (earlier) throw new StartError(`${name} must differ from ${earlier}, but both are ${value[name]}`);
  }
}
