import { readFileSync } from 'node:fs';

export interface Instruction {
  /** The stage's name, or its number when it has none. */
  readonly stage: string;
  /** In capitals. */
  readonly keyword: string;
  readonly arguments: readonly string[];
}

/** The instructions of a Dockerfile without line continuations; the arguments are split at blanks, JSON forms are read as JSON. */
export function readDockerfile(file: string): Instruction[] {
  let stage = '';
  let stages = 0;
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [keyword = '', ...rest] = line.trim().split(/\s+/);
      const words = rest[0]?.startsWith('[') ? (JSON.parse(rest.join(' ')) as string[]) : rest;
      if (keyword === 'FROM') stage = words[1] === 'AS' ? (words[2] ?? '') : String(stages);
      if (keyword === 'FROM') stages += 1;
      return { stage, keyword, arguments: words };
    });
}
