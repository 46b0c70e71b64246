import type { QuestionEndpoint } from '../endpoint';

/** What is answered from memory, without an operation. */
export const QUESTION_ENDPOINTS: readonly QuestionEndpoint[] = [
  {
    method: 'GET',
    path: '/explain',
    summary: 'Tell which listener, service, route, filters and upstreams serve a request',
    status: 200,
    question: 'explain',
    parameters: [
      { name: 'host', summary: 'the Host of the request; a port does not matter', required: 'Please provide host' },
      { name: 'proxy', summary: 'the name of the proxy; the one of PROXY_NAME by default' },
      { name: 'scheme', summary: 'http or https; http by default' },
      { name: 'method', summary: 'GET by default' },
      { name: 'path', summary: 'as clients send it, with its query; / by default' },
      { name: 'header', summary: 'a header as "name: value"', repeatable: true },
    ],
  },
];
