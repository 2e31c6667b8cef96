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
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
  } catch {
    throw new Error(`Port ${port} is taken. Choose another with --port or --reverb-port.`);
  } finally {
    probe.close();
  }
}

/**
 * @returns {Promise<number>} a port that nobody uses at the moment
 */
export async function freePort() {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const {port} = /** @type {import('node:net').AddressInfo} */ (probe.address());
  probe.close();
  await once(probe, 'close');
  return port;
}
