/** Whether a change is live: what each change came to, who is connected, and how a writer waits for them. */
export { ChangeRecords } from './change-records';
export type { ChangeRecord } from './change-records';
export { Fleet } from './fleet';
export type { Progress, Refusal } from './fleet';
export { OtherFleets } from './others';
export { createRollout } from './rollout';
export type { Rollout, RolloutReport } from './rollout';
