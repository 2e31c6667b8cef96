import assert from 'node:assert/strict';
import {once} from 'node:events';
import {connect, createServer, type AddressInfo} from 'node:net';
import {it} from 'node:test';
import {Balancer} from '../../demo/laravel/serve/balancer.mjs';
import {freePort} from '../tools/processes.mjs';

it('the balancer gives everybody who comes at once to the node that is left', async () => {
  const node = createServer((socket) => socket.resume().write('hello')).listen(0, '127.0.0.1');
  await once(node, 'listening');
  const balancer = new Balancer([await freePort(), (node.address() as AddressInfo).port]);
  const port = await freePort();
  await balancer.listen(port);
  const clients = Array.from({length: 9}, () => connect(port, '127.0.0.1').setEncoding('utf8'));
  try {
    const answers = clients.map((client) => Promise.race([once(client, 'data'), once(client, 'close')]));
    for (const client of clients) client.write('GET /app/demo-key');
    assert.deepEqual((await Promise.all(answers)).flat(), Array<string>(9).fill('hello'));
    assert.deepEqual(balancer.sockets, [0, 9]);
  } finally {
    for (const client of clients) client.destroy();
    await balancer.close();
    node.close();
  }
});
