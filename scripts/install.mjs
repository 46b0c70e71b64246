// Installs the packages of the lock file when they are missing or older than it. Uses only what comes with Node.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const installed = path.join(root, 'node_modules/.package-lock.json');

/** What the lock file wants for this platform and node_modules lacks or holds in another version. */
function stale() {
  if (!existsSync(installed)) return true;
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).some(
    ([name, entry]) => name !== '' && present[name]?.version !== entry.version && !(entry.optional && present[name] === undefined),
  );
}

if (stale()) {
  console.log('Installing packages (once).');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  process.exitCode = status ?? 1;
}
