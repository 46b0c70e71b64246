import type { Endpoint, Method, QuestionEndpoint } from './endpoint';
import { ENDPOINTS } from './endpoints';
import { QUESTION_ENDPOINTS } from './endpoints/explain';
import { openApiDocument } from './openapi';

/** What is served besides the API: its description. */
export interface DocumentationPage {
  readonly method: Method;
  readonly path: string;
  readonly status: 200;
  readonly contentType: string;
  readonly body: string;
}

const DESCRIBED: readonly (Endpoint | QuestionEndpoint)[] = [...ENDPOINTS, ...QUESTION_ENDPOINTS];

export const DOCUMENTATION: readonly DocumentationPage[] = [
  {
    method: 'GET',
    path: '/swagger/doc.json',
    status: 200,
    contentType: 'application/json; charset=UTF-8',
    body: JSON.stringify(openApiDocument(DESCRIBED), null, 2),
  },
  {
    method: 'GET',
    path: '/swagger/index.html',
    status: 200,
    contentType: 'text/html; charset=UTF-8',
    body: page(DESCRIBED),
  },
];

function page(endpoints: readonly (Endpoint | QuestionEndpoint)[]): string {
  const rows = endpoints.map((endpoint) => {
    const { method, path, summary, status } = endpoint;
    return `<tr><td>${method}</td><td><code>${escaped(path)}</code></td><td>${escaped(summary)}${inputs(endpoint)}</td><td>${status}</td></tr>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Enroute gateway: REST API</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 70em; padding: 0 1em; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #ddd; padding: 0.4em 0.8em; text-align: left; vertical-align: top; }
ul { margin: 0.2em 0; }
</style>
</head>
<body>
<h1>REST API</h1>
<p>Forms, multipart forms and JSON are read alike; names of fields may be written in any case. Lists take
<code>?limit=</code> (up to 1000) and <code>?after=</code> (the id of the last row before).
The same as an OpenAPI document: <a href="doc.json">doc.json</a>.</p>
<table>
<tr><th>Method</th><th>Path</th><th>What it does</th><th>Status</th></tr>
${rows.join('\n')}
</table>
</body>
</html>
`;
}

function inputs(endpoint: Endpoint | QuestionEndpoint): string {
  if ('body' in endpoint) return '';
  const given = 'question' in endpoint ? endpoint.parameters : [...(endpoint.fields ?? []), ...(endpoint.uploads ?? [])];
  const items = given.map(({ name, summary, required }) => {
    return `<li><code>${escaped(name)}</code>${required === undefined ? '' : ' (required)'}: ${escaped(summary)}</li>`;
  });
  return items.length === 0 ? '' : `<ul>${items.join('')}</ul>`;
}

function escaped(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? character,
  );
}
