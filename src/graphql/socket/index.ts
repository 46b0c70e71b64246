export { createSocketServer } from './server';
export type { SocketOptions, SocketServer } from './server';
