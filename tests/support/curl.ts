import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Curled {
  readonly status: number;
  readonly body: string;
}

/** Runs real curl, as a person pastes it, in a folder that holds `files`. */
export async function curl(args: readonly string[], files: Readonly<Record<string, string>> = {}): Promise<Curled> {
  const folder = mkdtempSync(path.join(tmpdir(), 'curl-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    const { stdout } = await run('curl', ['-s', '-w', '\n%{http_code}', ...args], { cwd: folder, maxBuffer: 64 << 20 });
    const end = stdout.lastIndexOf('\n');
    return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
