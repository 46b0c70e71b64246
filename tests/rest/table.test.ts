import { parse } from 'graphql';
import { ENDPOINTS } from '../../src/rest/endpoints';
import { openApiDocument } from '../../src/rest/openapi';
import { Recorder, refusal, startRest } from './caller';

/** REST reference 1.2 to 1.8: method, path, status of success. */
const REFERENCE = `
GET /proxy 200
POST /proxy 201
GET /proxy/:proxy_name 200
DELETE /proxy/:proxy_name 200
GET /proxy/dump 200
GET /proxy/dump/:proxy_name 200
GET /proxy/:proxy_name/service 200
POST /proxy/:proxy_name/service/:service_name 201
GET /proxy/:proxy_name/service/:service_name 200
DELETE /proxy/:proxy_name/service/:service_name 200
GET /proxy/:proxy_name/globalconfig 200
POST /proxy/:proxy_name/globalconfig/:globalconfig_name 201
DELETE /proxy/:proxy_name/globalconfig/:globalconfig_name 200
GET /service 200
GET /service/:service_name 200
POST /service 201
PATCH /service/:service_name 201
DELETE /service/:service_name 200
GET /service/:service_name/proxy 200
GET /service/dump/:service_name 200
POST /service/copy/:service_name_src/:service_name_dst 201
POST /service/deepcopy/:service_name_src/:service_name_dst 201
POST /service/copyroute/:service_name_src/:service_name_dst/route/:route_name 201
POST /service/:service_name/route 201
GET /service/:service_name/route 200
GET /service/:service_name/route/:route_name 200
PATCH /service/:service_name/route/:route_name 201
DELETE /service/:service_name/route/:route_name 200
GET /service/:service_name/route/:route_name/upstream 200
POST /service/:service_name/route/:route_name/upstream/:upstream_name 201
DELETE /service/:service_name/route/:route_name/upstream/:upstream_name 200
GET /service/:service_name/secret 200
POST /service/:service_name/secret/:secret_name 201
DELETE /service/:service_name/secret/:secret_name 200
POST /service/:service_name/filter/:filter_name 201
GET /service/:service_name/filter/:filter_name 201
GET /service/:service_name/filter 201
DELETE /service/:service_name/filter/:filter_name 201
POST /service/:service_name/route/:route_name/filter/:filter_name 201
GET /service/:service_name/route/:route_name/filter/:filter_name 201
GET /service/:service_name/route/:route_name/filter 201
DELETE /service/:service_name/route/:route_name/filter/:filter_name 201
GET /status/:status 200
GET /health 200
GET /upstream 200
POST /upstream 201
GET /upstream/:upstream_name 200
PATCH /upstream/:upstream_name 200
DELETE /upstream/:upstream_name 200
GET /upstream/:upstream_name/route 200
POST /upstream/copy/:upstream_name_src/:upstream_name_dst 201
GET /secret 200
POST /secret 201
POST /secret/:secret_name/key 201
POST /secret/:secret_name/cert 201
DELETE /secret/:secret_name 200
GET /filter 200
GET /filter/:filter_name 200
POST /filter 200
POST /filter/:filter_name/config 200
PATCH /filter/:filter_name 200
DELETE /filter/:filter_name 200
GET /globalconfig 200
GET /globalconfig/:globalconfig_name 200
POST /globalconfig 200
POST /globalconfig/:globalconfig_name/config 200
PATCH /globalconfig/:globalconfig_name 200
DELETE /globalconfig/:globalconfig_name 200
`.trim();

/** What the original does not have. */
const OWN = `
GET /status 200
GET /status/proxy/:proxy_name 200
GET /status/service/:service_name 200
GET /status/route/:service_name/:route_name 200
GET /status/upstream/:upstream_name 200
GET /status/filter/:filter_name 200
GET /status/secret/:secret_name 200
GET /status/globalconfig/:globalconfig_name 200
`.trim();

test('the table is the reference, 68 routes with their statuses, and our own', () => {
  const lines = ENDPOINTS.map(({ method, path, status }) => `${method} ${path} ${status}`);
  expect(REFERENCE.split('\n')).toHaveLength(68);
  expect(lines.sort()).toEqual([...REFERENCE.split('\n'), ...OWN.split('\n')].sort());
});

test('every operation is one named document, whose variables are those that it uses', () => {
  for (const endpoint of ENDPOINTS) {
    if ('body' in endpoint) continue;
    const { name, document, variables } = endpoint.operation;
    const [definition, ...others] = parse(document).definitions;
    if (definition?.kind !== 'OperationDefinition') throw new Error(`${name} is no operation`);
    expect(others).toEqual([]);
    expect(definition.name?.value).toBe(name);
    expect(definition.variableDefinitions?.map((variable) => variable.variable.name.value)).toEqual(variables);
  }
});

test('the OpenAPI document has every route, its parameters and its form', async () => {
  const document = openApiDocument(ENDPOINTS) as {
    paths: Record<string, Record<string, { parameters: { name: string; in: string }[] }>>;
  };
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ line: `${method.toUpperCase()} ${path}`, operation })),
  );
  expect(operations.map(({ line }) => line).sort()).toEqual(
    ENDPOINTS.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`).sort(),
  );
  for (const { line, operation } of operations) {
    const named = operation.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => `{${parameter.name}}`);
    expect(line.match(/\{\w+\}/g) ?? []).toEqual(named);
  }
  const ids = operations.map(({ operation }) => (operation as { operationId?: string }).operationId);
  expect(new Set(ids).size).toBe(ENDPOINTS.length);
});

test('the documentation is served, and its neighbours are not', async () => {
  const rest = await startRest(new Recorder());
  const page = await rest.get('/swagger/index.html');
  expect(page.headers['content-type']).toBe('text/html; charset=UTF-8');
  expect(page.body).toContain('/service/:service_name/route/:route_name/upstream/:upstream_name');
  expect(page.body).not.toMatch(/https?:\/\//);
  const document = await rest.get('/swagger/doc.json');
  expect(JSON.parse(document.body)).toMatchObject({ openapi: '3.0.3' });
  expect((await rest.get('/swagger')).status).toBe(404);
  expect((await rest.get('/swagger/')).status).toBe(404);
  await rest.stop();
});

test('what is no route, and what a route does not do, is said in JSON', async () => {
  const rest = await startRest(new Recorder());
  expect(refusal(await rest.get('/nowhere'))).toMatchObject({ status: 404, code: 'not_found' });
  expect(refusal(await rest.get('/proxy/%zz'))).toMatchObject({ status: 400, code: 'invalid_input' });
  const put = await rest.form('PUT', '/proxy', { name: 'gw' });
  expect(refusal(put)).toMatchObject({ status: 405, code: 'method_not_allowed' });
  expect(put.headers.allow).toBe('OPTIONS, GET, HEAD, POST');
  expect(put.headers['content-type']).toBe('application/json; charset=UTF-8');

  const options = await rest.form('OPTIONS', '/proxy');
  expect([options.status, options.body, options.headers.allow]).toEqual([204, '', 'OPTIONS, GET, HEAD, POST']);
  expect((await rest.form('OPTIONS', '/nowhere')).status).toBe(404);

  const head = await rest.form('HEAD', '/status/x');
  expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', '17']);
  await rest.stop();
});

test('status and health answer without the database', async () => {
  const recorder = new Recorder();
  const rest = await startRest(recorder);
  const status = await rest.get('/status/0c7e');
  expect([status.status, status.body]).toEqual([200, '{"Status" : "OK"}']);
  const health = await rest.get('/health');
  expect([health.status, health.body, health.headers['content-length'], health.headers['content-type']]).toEqual([
    200,
    '',
    '0',
    undefined,
  ]);
  expect(recorder.requests).toEqual([]);
  await rest.stop();
});
