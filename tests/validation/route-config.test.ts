import { normalizedRouteConfig, parseRouteConfig } from '../../src/validation';

function normalized(text: string): unknown {
  const checked = parseRouteConfig(text);
  return checked.ok ? normalizedRouteConfig(checked.value) : checked.message;
}

test.each([
  [
    'GET with prefix /',
    '{"Prefix":"/","header":[{"name":":method","exact":"GET"}]}',
    '{"prefix":"/","header":[{"name":":method","exact":"GET"}]}',
  ],
  [
    'two headers',
    '{"prefix":"/","Header":[{"Name":":method","Exact":"GET"},{"name":"x","present":true,"contains":""}]}',
    '{"prefix":"/","header":[{"name":":method","exact":"GET"},{"name":"x","present":true}]}',
  ],
  ['an empty list', '{"header":[]}', '{"prefix":"","header":[]}'],
  ['nothing in it', '{}', '{"prefix":"","header":null}'],
  ['an unknown key', '{"a":1}', '{"prefix":"","header":null}'],
  ['null', 'null', '{"prefix":"","header":null}'],
  ['one empty condition', '{"prefix":"/blah","header":[{}]}', '{"prefix":"/blah","header":[{"name":""}]}'],
  ['no text', '', '{"prefix":"/","header":[{"name":""}]}'],
  [
    'all five tests',
    '{"header":[{"name":"x","present":true,"contains":"a","notcontains":"b","exact":"c","notexact":"d"}]}',
    '{"prefix":"","header":[{"name":"x","present":true,"contains":"a","notcontains":"b","exact":"c","notexact":"d"}]}',
  ],
])('config_json of %s', (_name, text, expected) => {
  expect(JSON.stringify(normalized(text))).toBe(expected);
});

test.each([
  ['{"prefix":"x"}', 'route_config, prefix: prefix must begin with /, but is "x"'],
  ['{"prefix":1}', 'route_config, prefix must be a string'],
  ['{"prefix":"/(a*"}', 'route_config, prefix: prefix "/(a*": regular expression, character 2: this ( is never closed'],
  ['{"header":{}}', 'route_config, header must be a list'],
  ['{"header":[{"name":"x"},7]}', 'route_config, header[1] must be an object'],
  ['{"header":[{"name":"x","present":"yes"}]}', 'route_config, header[0].present must be true or false'],
  ['{"header":[{"name":"x y","exact":"1"}]}', 'route_config, header[0].name must be a header name, but is "x y"'],
  ['{"header":[{"exact":"1"}]}', 'route_config, header[0].name is missing: a test needs the name of a header'],
  ['{"header":[{"name":"x","exact":"a\\nb"}]}', 'route_config, header[0].exact must not hold line breaks or NUL'],
  [
    '{"header":[{"name":"x","exact":"1"},{"name":"X","exact":"2"}]}',
    'route_config, header[1] asks X to be exactly a second value: such a route never matches',
  ],
  ['[]', 'route_config, the document must be an object'],
  ['   ', 'route_config, line 1, column 4: the text ends where a value is expected'],
])('%s is refused', (text, message) => {
  expect(normalized(text)).toBe(message);
});
