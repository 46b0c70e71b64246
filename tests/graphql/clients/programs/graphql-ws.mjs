import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { answerCalls, tell } from './calls.mjs';

const { socketUrl, secret, retryAttempts = 0 } = JSON.parse(process.argv[2]);
const connectionParams = { headers: { 'x-hasura-admin-secret': secret } };
const client = createClient({ url: socketUrl, webSocketImpl: WebSocket, connectionParams, retryAttempts });

const ended = new Map();
const once = async (query, variables) => {
  const results = [];
  for await (const { data } of client.iterate({ query, variables })) results.push(data);
  if (results.length > 1) throw new Error(`${results.length} results`);
  return results[0];
};
answerCalls({
  query: once,
  mutate: once,
  subscribe: (name, query, variables) => {
    const sink = {
      next: (result) => tell(name, result),
      error: (error) => tell(name, { error: Array.isArray(error) ? error[0].message : error.reason }),
      complete: () => tell(name, { complete: true }),
    };
    ended.set(name, client.subscribe({ query, variables }, sink));
  },
  unsubscribe: (name) => ended.get(name)(),
});
