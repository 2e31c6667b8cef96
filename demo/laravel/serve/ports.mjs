import {once} from 'node:events';
import {connect, createServer} from 'node:net';

/**
 * @param {string} url
 * @returns {Promise<boolean>} whether it answers with success
 */
export async function isHealthy(url) {
  try {
    const response = await fetch(url, {signal: AbortSignal.timeout(5_000)});
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether somebody on this machine takes connections there
 */
export async function isTaken(port) {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/**
 * @param {number} port
 * @throws {Error} when it cannot be listened on
 */
export async function requireFree(port) {
  const probe = await listener(port);
  if (!probe) throw new Error(`Port ${port} is taken. Choose another with --port or --reverb-port.`);
  probe.close();
}

/**
 * Where `freePort` looks: below the ports that systems give to outgoing connections (Linux from 32768, macOS and Windows from
 * 49152). One of those may be taken again between its choice and its use, or while the server that used it is stopped.
 */
const LOWEST = 20_000;
const HIGHEST = 32_767;

/**
 * A port that nobody uses. While this process lives, nobody else who asks here gets it, in whichever process: its odd
 * neighbour is listened on as a sign.
 * @param {() => number} [random] from 0 to below 1
 * @returns {Promise<number>}
 */
export async function freePort(random = Math.random) {
  const pairs = (HIGHEST + 1 - LOWEST) / 2;
  for (let attempt = 0; attempt < 1_000; attempt++) {
    const port = LOWEST + 2 * Math.floor(random() * pairs);
    const sign = await listener(port + 1);
    if (!sign) continue;
    const probe = await listener(port);
    if (probe) {
      sign.unref();
      probe.close();
      await once(probe, 'close');
      return port;
    }
    sign.close();
  }
  throw new Error(`No free port was found from ${LOWEST} to ${HIGHEST}.`);
}

/**
 * @param {number} port
 * @returns {Promise<import('node:net').Server | null>} what listens there now, `null` when it cannot
 */
async function listener(port) {
  const server = createServer((socket) => socket.destroy());
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return server;
  } catch {
    return null;
  }
}
