import {describeBackend} from '../api/support/describe-backend.js';
import {LaravelServer, whyNot} from './laravel-server.js';

describeBackend({
  name: 'demo/laravel',
  skip: whyNot(),
  open: async () => {
    const server = await LaravelServer.start({port: 18430, reverbPort: 18431});
    return {url: server.url, stop: () => server.stop().then(() => undefined)};
  },
});
