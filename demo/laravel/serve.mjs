#!/usr/bin/env node
/**
 * Starts the Laravel backend and its Reverb for development and tests, and stops both with itself.
 *
 * Installs what is missing, migrates, and seeds a database that is new. Prints `listening on http://127.0.0.1:PORT` once both
 * servers answer; their logs go to stderr. SIGTERM and SIGINT stop everything (exit code 0). SIGUSR1 stops Reverb alone and
 * SIGUSR2 starts it again, each announced by a line on stdout: that is how a test plays an outage of the socket server.
 *
 * Exit codes: 0 stopped as asked, 1 something failed (the reason is on stderr), 2 wrong flags.
 */
import {parseOptions, UsageError, usage} from './serve/options.mjs';
import {run} from './serve/run.mjs';

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(usage);
  else process.exitCode = await run(options);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof UsageError) process.stderr.write(usage);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
