import { rename, writeFile } from 'node:fs/promises';

/** Writes a file that only we may read (0600), as a whole: a reader sees the old text or the new one. */
export async function writePrivate(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, file);
}
