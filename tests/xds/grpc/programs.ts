import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { cached } from '../../support/cache';
import type { Program } from './client';

const run = promisify(execFile);

const CLIENTS = path.join(__dirname, 'clients');

/** The gRPC of Node, of the version that the product's packages hold. */
export function nodeProgram(): Promise<Program> {
  return Promise.resolve({ command: process.execPath, args: [path.join(CLIENTS, 'grpc-js.mjs')] });
}

/**
 * The gRPC of Python (gRPC C-core), its packages put into the cache once.
 * @throws Error when there is no Python 3, or pip cannot get the packages
 */
export async function pythonProgram(): Promise<Program> {
  const requirements = path.join(CLIENTS, 'requirements.txt');
  const { stdout: tag } = await run('python3', ['-c', 'import sys; print(sys.implementation.cache_tag)']);
  const packages = await cached(`grpc-python-${tag.trim()}-${await hashOf(requirements)}`, async (folder) => {
    const options = ['--quiet', '--disable-pip-version-check', '--only-binary', ':all:', '--root-user-action', 'ignore'];
    await run('python3', ['-m', 'pip', 'install', ...options, '--target', folder, '--requirement', requirements]);
  });
  return { command: 'python3', args: [path.join(CLIENTS, 'python.py')], env: { PYTHONPATH: packages } };
}

/**
 * The gRPC of Go, built into the cache once: that takes more than a minute.
 * @throws Error when there is no Go, or the modules cannot be had
 */
export async function goProgram(): Promise<Program> {
  const source = path.join(CLIENTS, 'go');
  const hashes = await Promise.all(['go.mod', 'go.sum', 'main.go', 'code.go'].map((file) => hashOf(path.join(source, file))));
  const folder = await cached(`grpc-go-${hashes.join('-')}`, async (target) => {
    await run('go', ['build', '-o', path.join(target, 'client'), '.'], { cwd: source });
  });
  return { command: path.join(folder, 'client'), args: [] };
}

async function hashOf(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
    .slice(0, 8);
}
