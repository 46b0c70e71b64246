const text = { type: 'string' };
const integer = { type: 'integer' };
const named = { type: 'object', required: ['id', 'name'], properties: { id: integer, name: text } };

function list(properties: Record<string, object>, optional: readonly string[] = []): object {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'array', items: { type: 'object', required, properties } };
}

/** What `/explain` answers, as the OpenAPI document has it; a test holds it against real answers. */
export const EXPLANATION_SCHEMA = {
  type: 'object',
  required: ['listener', 'action', 'tried', 'filters', 'upstreams'],
  properties: {
    listener: { type: 'object', required: ['name', 'port'], properties: { name: text, port: integer, secret: text } },
    host: { ...text, description: 'the virtual host: exact, *.suffix or *' },
    service: named,
    route: { ...named, properties: { ...named.properties, match: { type: 'object' } } },
    action: { ...text, enum: ['forward', 'redirect', 'direct_response', 'unavailable', 'not_found'] },
    status: { ...integer, description: 'of what is answered without an upstream' },
    location: text,
    reason: { ...text, description: 'why it is unavailable or not found' },
    sent: { type: 'object', required: ['host', 'path'], properties: { host: text, path: text } },
    tried: list({ service: text, route: text, failed: { type: 'array', items: text } }),
    filters: list({ kind: text, does: text }),
    upstreams: list(
      { name: text, address: text, port: integer, weight: integer, share: { type: 'number' }, cluster: text, health: text },
      ['cluster', 'health'],
    ),
  },
};
