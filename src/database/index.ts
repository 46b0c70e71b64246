export { migrate } from './migrate';
export type { Database } from './open';
export { lostAtStart, openDatabase } from './open';
export { createPool, dropSilentConnections } from './pool';
export type { Change, ChangeFeed, ChangeFeedOptions, FeedEvent, Keys } from './feed';
export { ChangeBroadcast, loggedTables, startChangeFeed } from './feed';
export { answers } from './health';
