import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { BatchHttpLink } from '@apollo/client/link/batch-http';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { answerCalls, tell } from './calls.mjs';

const { url, socketUrl, secret, transport, retryAttempts = 0 } = JSON.parse(process.argv[2]);
const headers = { 'x-hasura-admin-secret': secret };
globalThis.WebSocket = WebSocket; // As in a browser, where the link looks for it.
const socket = new GraphQLWsLink(createClient({ url: socketUrl, connectionParams: { headers }, retryAttempts }));
const http = new HttpLink({ uri: url, headers });
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const link = {
  socket,
  'http and socket': ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, socket, http),
  'batches over http': new BatchHttpLink({ uri: url, headers }),
  'persisted queries over http': new PersistedQueryLink({ sha256 }).concat(http),
}[transport];
const client = new ApolloClient({ cache: new InMemoryCache(), link });

const query = async (text, variables) => (await client.query({ query: gql(text), variables, fetchPolicy: 'network-only' })).data;
const subscriptions = new Map();
answerCalls({
  query,
  queries: (...texts) => Promise.all(texts.map((text) => query(text))),
  mutate: async (mutation, variables) => (await client.mutate({ mutation: gql(mutation), variables })).data,
  subscribe: (name, text, variables) => {
    const subscription = client.subscribe({ query: gql(text), variables }).subscribe({
      next: ({ data, error }) => tell(name, error ? { error: error.message } : { data }),
      error: ({ message }) => tell(name, { error: message }),
    });
    subscriptions.set(name, subscription);
  },
  unsubscribe: (name) => subscriptions.get(name).unsubscribe(),
});
