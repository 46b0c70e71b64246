import transport from 'subscriptions-transport-ws';
import WebSocket from 'ws';
import { answerCalls, tell } from './calls.mjs';

const { socketUrl, secret, retryAttempts = 0 } = JSON.parse(process.argv[2]);
const client = new transport.SubscriptionClient(
  socketUrl,
  {
    connectionParams: { headers: { 'x-hasura-admin-secret': secret } },
    reconnect: retryAttempts > 0,
    connectionCallback: (error) => tell('connection', error === undefined ? { connected: true } : { error }),
  },
  WebSocket,
);
client.onDisconnected(() => tell('connection', { connected: false }));

const subscriptions = new Map();
const once = (query, variables) =>
  new Promise((resolve, reject) => {
    const results = [];
    client.request({ query, variables }).subscribe({
      next: (result) => results.push(result),
      error: reject,
      complete: () => {
        const [{ data, errors }] = results;
        if (errors) reject(errors);
        else resolve(data);
      },
    });
  });
answerCalls({
  query: once,
  mutate: once,
  subscribe: (name, query, variables) => {
    const subscription = client.request({ query, variables }).subscribe({
      next: (result) => tell(name, result),
      error: (error) => tell(name, { error: error.message }),
      complete: () => tell(name, { complete: true }),
    });
    subscriptions.set(name, subscription);
  },
  unsubscribe: (name) => subscriptions.get(name).unsubscribe(),
});
