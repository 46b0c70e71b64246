// Installs the packages of the lock file when they are missing or of another version. Uses only what comes with Node.
//   node scripts/install.mjs        what the product needs to build and run
//   node scripts/install.mjs --all  also what its tests and checks need
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const installed = path.join(root, 'node_modules/.package-lock.json');
const all = process.argv.includes('--all');

/** Whether node_modules lacks something that is wanted, or holds it in another version. */
function stale() {
  if (!existsSync(installed)) return true;
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).some(([name, entry]) => {
    if (name === '' || (!all && (entry.dev || entry.devOptional))) return false;
    const found = present[name];
    return found ? found.version !== entry.version : !entry.optional && !entry.peer;
  });
}

if (stale()) {
  console.log('Installing packages (once).');
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...(all ? [] : ['--omit=dev'])];
  const { status } = spawnSync('npm', options, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  process.exitCode = status ?? 1;
}
