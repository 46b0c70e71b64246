export type { ChangedTable, ChangeSource } from './changes';
export { LiveQueries } from './live-queries';
export type { Sink, Subscription } from './subscriber';
