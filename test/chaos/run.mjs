/** `npm run chaos`: messages and sends through every fault, on a real server in a real browser. `-- --help` names the options. */
import {setUp} from '../tools/setup.mjs';

await setUp();
const {register} = await import('tsx/esm/api');
register();
const {chaos} = await import('./command.js');
// Ending in an orderly way ends the servers and the browser, too.
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.once(name, () => process.exit(130));
try {
  process.exitCode = await chaos(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  // What was opened until then would keep the process from ending.
  process.exit(1);
}
