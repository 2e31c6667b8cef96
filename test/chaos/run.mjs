/** `npm run chaos`: messages and sends through every fault, on a real server in a real browser. `-- --help` names the options. */
import {setUp} from '../tools/setup.mjs';

setUp();
const {register} = await import('tsx/esm/api');
register();
const {chaos} = await import('./command.js');
try {
  process.exitCode = await chaos(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
