export { migrate } from './migrate';
export type { Database } from './open';
export { openDatabase } from './open';
export { createPool } from './pool';
export type { Change, ChangeFeed, ChangeFeedOptions, FeedEvent, Keys } from './feed';
export { ChangeBroadcast, loggedTables, startChangeFeed } from './feed';
export { answers } from './health';
