import type { Pool } from 'pg';

const ANSWER_WITHIN_MS = 2_000;

/** Whether Postgres answers a question now. */
export async function answers(pool: Pool): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, ANSWER_WITHIN_MS, false).unref());
  const asked = pool.query('SELECT 1').then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]);
}
