import { existsSync } from 'node:fs';
import path from 'node:path';

/** The package's folder: where `db/`, `envoy/` and `package.json` lie, from the sources as from the bundle. */
export const ROOT = findRoot(__dirname);

function findRoot(folder: string): string {
  if (existsSync(path.join(folder, 'package.json'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error('package.json is not above the program: the installation is incomplete');
  return findRoot(parent);
}
