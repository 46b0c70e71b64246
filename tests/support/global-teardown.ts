/** Ends the run's Postgres and removes its folder, whether the tests passed or not. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.testCluster?.stop();
}
