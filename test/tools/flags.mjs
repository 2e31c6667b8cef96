/** What a tool is called with. Imports nothing that is installed. */
import {parseArgs} from 'node:util';

/**
 * Reads the command line as `parseArgs` does. Flags that there are not are answered with a sentence, the usage, and exit code 2;
 * `--help` with the usage alone.
 * @template {import('node:util').ParseArgsConfig} Config
 * @param {string} usage
 * @param {Config} config
 * @returns {ReturnType<typeof parseArgs<Config>>}
 */
export function readFlags(usage, config) {
  if (process.argv.slice(2).includes('--help')) {
    console.log(usage);
    process.exit();
  }
  try {
    return parseArgs(config);
  } catch (error) {
    // Node goes on to say how an argument may begin with a dash, which none of ours does.
    return refuse(usage, (error instanceof Error ? error.message : String(error)).replace(/\. To specify .*/s, '.'));
  }
}

/**
 * Says what is wrong with how the tool was called, and ends it.
 * @param {string} usage
 * @param {string} complaint
 * @returns {never}
 */
export function refuse(usage, complaint) {
  console.error(`${complaint}\n\n${usage}`);
  process.exit(2);
}
