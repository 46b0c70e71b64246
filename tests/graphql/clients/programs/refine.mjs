import dataProvider, { GraphQLClient, graphqlWS, liveProvider } from '@refinedev/hasura';
import WebSocket from 'ws';
import { answerCalls, tell } from './calls.mjs';

const { url, socketUrl, secret, options } = JSON.parse(process.argv[2]);
const headers = secret === '' ? {} : { 'x-hasura-admin-secret': secret };
const socket = graphqlWS.createClient({ url: socketUrl, webSocketImpl: WebSocket, connectionParams: { headers } });
const live = liveProvider(socket, options);

const subscriptions = new Map();
answerCalls({
  ...dataProvider(new GraphQLClient(url, { headers }), options),
  subscribe: (name, params) => {
    const callback = (event) => tell(name, event);
    subscriptions.set(name, live.subscribe({ channel: `resources/${params.resource}`, types: ['*'], params, callback }));
  },
  unsubscribe: (name) => live.unsubscribe(subscriptions.get(name)),
});
