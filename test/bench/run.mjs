/** `npm run bench`: what our list costs, beside the least that a list can cost. `-- --help` names the options. */
import {setUp} from '../tools/setup.mjs';

await setUp();
const {register} = await import('tsx/esm/api');
register();
const {bench} = await import('./command.js');
// Ending in an orderly way ends the browser, too.
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.once(name, () => process.exit(130));
try {
  process.exitCode = await bench(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  // What was opened until then would keep the process from ending.
  process.exit(1);
}
