import { cacheExchange, Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient } from 'graphql-ws-6';
import WebSocket from 'ws';
import { answerCalls, tell } from './calls.mjs';

const { url, socketUrl, secret, transport, options } = JSON.parse(process.argv[2]);
const headers = { 'x-hasura-admin-secret': secret };
const socket = createClient({ url: socketUrl, webSocketImpl: WebSocket, connectionParams: { headers }, retryAttempts: 0 });
const overSocket = subscriptionExchange({
  enableAllOperations: transport === 'socket',
  forwardSubscription: (request) => ({
    subscribe: (sink) => ({ unsubscribe: socket.subscribe({ ...request, query: request.query ?? '' }, sink) }),
  }),
});
const client = new Client({
  url,
  fetchOptions: { headers },
  fetchSubscriptions: transport === 'http',
  preferGetMethod: false, // As Hasura needs it.
  exchanges: {
    http: [cacheExchange, fetchExchange],
    'http and socket': [cacheExchange, fetchExchange, overSocket],
    socket: [cacheExchange, overSocket],
  }[transport],
  ...options,
});

const ended = new Map();
answerCalls({
  query: async (query, variables) => dataOf(await client.query(query, variables, { requestPolicy: 'network-only' })),
  mutate: async (query, variables) => dataOf(await client.mutation(query, variables)),
  subscribe: (name, query, variables) => {
    const { unsubscribe } = client
      .subscription(query, variables)
      .subscribe(({ data, error }) => tell(name, error ? { error: error.networkError?.reason ?? error.message } : { data }));
    ended.set(name, unsubscribe);
  },
  unsubscribe: (name) => ended.get(name)(),
});

function dataOf({ data, error }) {
  if (error) throw error;
  return data;
}
