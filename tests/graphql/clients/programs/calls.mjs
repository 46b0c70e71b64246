import gql from 'graphql-tag';

/** Lets the process that started this one call the methods of a client. `{ gql: '…' }` stands for a parsed document. */
export function answerCalls(client) {
  process.on('message', async ({ id, method, args }) => {
    try {
      process.send({ id, value: await client[method](...args.map(withDocuments)) });
    } catch (error) {
      process.send({ id, error: { message: error.message, errors: errorsOf(error) } });
    }
  });
  process.on('disconnect', () => process.exit());
  process.send({ ready: true });
}

/** Tells the process that started this one of something that came without being asked for, under a subscription's name. */
export function tell(subscription, event) {
  process.send({ subscription, event });
}

/** Where the clients put the list of errors that the server sent; some throw the list, or its first, itself. */
function errorsOf(error) {
  if (Array.isArray(error)) return error;
  if (!(error instanceof Error)) return [error];
  return error.response?.errors ?? error.graphQLErrors ?? error.errors;
}

function withDocuments(value) {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withDocuments);
  if (typeof value.gql === 'string') return gql(value.gql);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withDocuments(inner)]));
}
