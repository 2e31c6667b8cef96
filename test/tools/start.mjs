/** `npm start`: the embedded server and the demo page, from a fresh clone on. Ctrl-C ends both. */
import {mkdirSync} from 'node:fs';
import {dirname, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {LARAVEL, serveEmbedded, serveLaravel, servePage, untilStopped} from './demo.mjs';
import {readFlags, refuse} from './flags.mjs';
import {stopAll, stopAllOnExit} from './processes.mjs';
import {setUp} from './setup.mjs';

const USAGE = `Usage: npm start -- [options]

  --port N         Port of the page. Default 5173.
  --server-port N  Port of the embedded server. Default 8090.
  --db FILE        SQLite file of the embedded server. Default .cache/demo.sqlite.
  --laravel        Start the Laravel demo and its Reverb as well.
  --help           Show this.`;

const {values} = readFlags(USAGE, {
  options: {
    port: {type: 'string', default: '5173'},
    'server-port': {type: 'string', default: '8090'},
    db: {type: 'string', default: '.cache/demo.sqlite'},
    laravel: {type: 'boolean', default: false},
  },
});
for (const name of /** @type {const} */ (['port', 'server-port'])) {
  if (!/^\d+$/.test(values[name]) || Number(values[name]) > 65_535)
    refuse(USAGE, `--${name} takes the number of a port, not "${values[name]}".`);
}

await setUp();
stopAllOnExit();
// As the server, which runs at the root, wherever this is called from.
mkdirSync(dirname(resolve(fileURLToPath(new URL('../..', import.meta.url)), values.db)), {recursive: true});
try {
  const server = await serveEmbedded({port: Number(values['server-port']), db: values.db});
  if (values.laravel) {
    const port = Number(new URL(LARAVEL.url).port);
    await serveLaravel({port, reverbPort: LARAVEL.reverbPort, db: '.cache/laravel.sqlite', quiet: false});
  }
  const page = await servePage({port: Number(values.port), backends: {embedded: server.url, laravel: LARAVEL}});
  console.log(`
  Demo page        ${page.url}
  on Laravel       ${page.url}?backend=laravel${values.laravel ? '' : '   (needs `npm run serve:laravel`, or `npm start -- --laravel`)'}
  Embedded server  ${server.url}

  Ctrl-C ends both.
`);
  await untilStopped();
  await page.close();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await stopAll();
}
