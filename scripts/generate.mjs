// Generates TypeScript from Envoy's API, and its descriptors, into gen/envoy-api; see proto/README.md. Does nothing when the
// inputs have not changed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const packages = path.join(root, 'node_modules');
const deps = path.join(packages, '@grpc/grpc-js-xds/deps');
const target = path.join(root, 'gen/envoy-api');
const stamp = path.join(target, '.inputs');

const files = JSON.parse(readFileSync(path.join(root, 'proto/files.json'), 'utf8'));
const versionOf = (name) => JSON.parse(readFileSync(path.join(packages, name, 'package.json'), 'utf8')).version;
const own = path.join(root, 'proto/ratelimit');
const ownFiles = ['config/ratelimit/v3/rls_conf.proto'];
const inputs = createHash('sha256')
  .update(JSON.stringify([files, versionOf('@grpc/grpc-js-xds'), versionOf('ts-proto'), versionOf('@bufbuild/buf')]))
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .update(ownFiles.map((name) => readFileSync(path.join(own, name), 'utf8')).join(''))
  .digest('hex');

if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) process.exit(0);

const sources = path.join(root, 'gen/protos');
rmSync(sources, { recursive: true, force: true });
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const folder of ['envoy-api', 'googleapis', 'xds']) {
  cpSync(path.join(deps, folder), path.join(sources, folder), {
    recursive: true,
    filter: (source) => !path.extname(source) || source.endsWith('.proto'),
  });
}
cpSync(own, path.join(sources, 'own/ratelimit'), { recursive: true });
const validate = readFileSync(path.join(deps, 'protoc-gen-validate/validate/validate.proto'), 'utf8');
mkdirSync(path.join(sources, 'validate/validate'), { recursive: true });
writeFileSync(
  path.join(sources, 'validate/validate/validate.proto'),
  validate.replace(
    /^message (?!FieldRules|AnyRules|DurationRules|TimestampRules)\w+Rules \{$/gm,
    (line) => `${line}\n  optional bool ignore_empty = 1000;`,
  ),
);
// Envoy 1.40 has Listener.fcds_config, and this copy of its API does not.
const listener = path.join(sources, 'envoy-api/envoy/config/listener/v3/listener.proto');
const FCDS = `import "envoy/config/core/v3/config_source.proto";

message Listener {
  message FcdsConfig {
    string name = 1;
    core.v3.ConfigSource config_source = 2;
  }
  FcdsConfig fcds_config = 36;
`;
writeFileSync(listener, readFileSync(listener, 'utf8').replace(/^message Listener \{$/m, FCDS));
writeFileSync(
  path.join(sources, 'buf.yaml'),
  ['version: v2', 'modules:', ...['envoy-api', 'googleapis', 'xds', 'validate', 'own'].map((name) => `  - path: ${name}`)].join(
    '\n',
  ),
);
writeFileSync(
  path.join(sources, 'buf.gen.yaml'),
  JSON.stringify({
    version: 'v2',
    plugins: [
      {
        local: [process.execPath, path.join(packages, 'ts-proto/protoc-gen-ts_proto')],
        out: target,
        strategy: 'all',
        include_imports: true,
        include_wkt: true,
        opt: [
          'env=node',
          'esModuleInterop=true',
          'forceLong=bigint',
          'useDate=false',
          'oneof=properties',
          'outputServices=grpc-js',
          'outputTypeAnnotations=static-only',
          'outputIndex=false',
          'exportCommonSymbols=false',
          'removeEnumPrefix=false',
          'stringEnums=false',
          'useOptionals=messages',
          'comments=false',
        ],
      },
    ],
  }),
);
const buf = (...args) => execFileSync(path.join(packages, '.bin/buf'), args, { cwd: sources, stdio: 'inherit' });
const listed = files.flatMap((file) => ['--path', file.startsWith('google/') ? `googleapis/${file}` : `envoy-api/${file}`]);
const ownListed = ownFiles.flatMap((name) => ['--path', `own/ratelimit/${name}`]);
buf('generate', '--template', 'buf.gen.yaml', ...listed, ...ownListed);

// A module and not a file beside the program, so that the bundle holds it.
const set = path.join(sources, 'descriptors.binpb');
buf('build', '--as-file-descriptor-set', '--exclude-source-info', '--output', set, ...listed);
writeFileSync(
  path.join(target, 'descriptors.ts'),
  [
    '/** The same files as a google.protobuf.FileDescriptorSet with all options, gzip, base64. */',
    `export const DESCRIPTORS: string = '${gzipSync(readFileSync(set), { level: 9 }).toString('base64')}';`,
    '',
  ].join('\n'),
);
rmSync(sources, { recursive: true, force: true });
writeFileSync(stamp, inputs);
