// Makes the calls that it is asked for on standard input; see ../client.ts.
import { createInterface } from 'node:readline';
import { credentials, makeGenericClientConstructor, Metadata, status } from '@grpc/grpc-js';
import { register } from '@grpc/grpc-js-xds';

register();
const Client = makeGenericClientConstructor({}, 'Client', {});
const clients = new Map();
const bytes = (value) => value;

function clientOf(target) {
  if (!clients.has(target)) clients.set(target, new Client(target, credentials.createInsecure()));
  return clients.get(target);
}

function call({ target, method, metadata, deadlineMs }) {
  const sent = new Metadata();
  for (const [key, value] of Object.entries(metadata)) sent.set(key, value);
  return new Promise((resolve) => {
    clientOf(target).makeUnaryRequest(
      method,
      bytes,
      bytes,
      Buffer.alloc(0),
      sent,
      { deadline: Date.now() + deadlineMs },
      (error, reply) => resolve(error ? { code: status[error.code], details: error.details } : { server: reply.toString() }),
    );
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const answers = [];
  for (let made = 0; made < request.count; made += 1) answers.push(await call(request));
  console.log(JSON.stringify({ answers }));
}
process.exit(0);
