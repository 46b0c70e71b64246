// Installs the packages of the lock files when they are missing or of another version. Uses only what comes with Node.
//   node scripts/install.mjs        what the product needs to build and run
//   node scripts/install.mjs --all  also what its tests and checks need
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const all = process.argv.includes('--all');
// The clients that the tests run have packages of their own: they conflict with the product's and with one another.
const folders = [root, ...(all ? [path.join(root, 'tests/graphql/clients')] : [])];

/** Whether a folder's node_modules lacks something that is wanted, or holds it in another version. */
function stale(folder) {
  const installed = path.join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return true;
  const wanted = JSON.parse(readFileSync(path.join(folder, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).some(([name, entry]) => {
    if (name === '' || (!all && (entry.dev || entry.devOptional))) return false;
    const found = present[name];
    return found ? found.version !== entry.version : !entry.optional && !entry.peer;
  });
}

const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...(all ? [] : ['--omit=dev'])];
for (const [index, folder] of folders.filter(stale).entries()) {
  if (index === 0) console.log('Installing packages (once).');
  const { status } = spawnSync('npm', options, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  process.exitCode ||= status ?? 1;
}
