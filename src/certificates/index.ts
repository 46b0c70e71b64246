/** The certificates by which the control plane and its Envoys know each other. */
export type { ServerTls } from './reload';
export { openServerTls } from './reload';
