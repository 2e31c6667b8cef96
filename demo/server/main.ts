import {readArgs, usage, UsageError} from './args.js';
import {startServer} from './server.js';

/** Starts the server that the arguments describe and stops it with the process. Exit codes: 0 stopped, 1 could not start, 2 usage. */
async function main(): Promise<void> {
  const options = readArgs(process.argv.slice(2));
  if (!options) {
    console.log(usage);
    return;
  }
  const server = await startServer(options);
  console.log(`listening on ${server.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close().then(() => process.exit(0)));
  }
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
