import {expect} from '@open-wc/testing';
import {readText} from '../../src/model/http-reply.js';
import {createFakeServer} from '../../src/testing/fake-server.js';

describe('an answer of the fake server', () => {
  // What is read from a real body is there in a task of the browser's own, for which `settle` cannot wait.
  it('can be read whole within the task in which it came, as a stream too', async () => {
    const server = createFakeServer({users: [{id: 1, name: 'Ali'}]});
    const {fetch} = server.environment;
    const login = {method: 'POST', body: JSON.stringify({email: 'ali@example.com', password: 'password'})};
    const response = await fetch(`${server.address.apiBase}/login`, login);
    let isLater = false;
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => (isLater = true);
    port2.postMessage(null);
    expect(await readText(response, 10_000)).to.contain('"name":"Ali"');
    expect(isLater).to.equal(false);
    port1.close();
    server.dispose();
  });
});
