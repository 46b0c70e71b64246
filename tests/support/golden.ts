import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Compares with a golden file; with UPDATE_GOLDEN=1 it is written instead, to be read in review. */
export function expectGolden(file: string, content: unknown): void {
  const text = `${JSON.stringify(content, null, 2)}\n`;
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(file, 'utf8')));
}
