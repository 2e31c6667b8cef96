/** Whether the Laravel demo and its Reverb come up and answer. The first time, this is also what installs them. */
import {join} from 'node:path';
import {serveLaravel} from './demo.mjs';
import {freePort, stopAll, stopAllOnExit, temporaryFolder} from './processes.mjs';

stopAllOnExit();
const folder = temporaryFolder('laravel');
try {
  const [port, reverbPort] = [await freePort(), await freePort()];
  const server = await serveLaravel({port, reverbPort, db: join(folder, 'check.sqlite'), quiet: false});
  const answer = await fetch(`${server.url}/api/login`, {
    method: 'POST',
    headers: {'content-type': 'application/json', accept: 'application/json'},
    body: JSON.stringify({email: 'ali@example.com', password: 'password'}),
  });
  if (!answer.ok) throw new Error(`Signing in answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
  await server.stop();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await stopAll();
}
