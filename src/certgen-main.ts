import { generate, readArguments, USAGE } from './certgen';
import { StartError } from './errors';

/** Makes certificates, see USAGE. */
async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  process.stdout.write(options ? `certgen: ${await generate(options)}\n` : USAGE);
}

main().catch((error: unknown) => {
  // What the file system refuses names the file and the reason.
  if (error instanceof StartError || (error instanceof Error && 'syscall' in error))
    process.stderr.write(`certgen: ${error.message}\n`);
  else console.error(error);
  process.exit(1);
});
