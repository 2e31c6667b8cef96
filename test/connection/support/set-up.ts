import {ConnectionController, type ConnectionOptions} from '../../../src/connection/connection-controller.js';
import type {AuthorizeRequest, ChannelAuth, ConnectionEnvironment, Endpoint} from '../../../src/connection/types.js';
import type {ChatError, ConnectionState} from '../../../src/model/index.js';
import {VirtualClock} from '../../../src/testing/virtual-clock.js';
import {FakePage} from './fake-page.js';
import {ScriptedServer, healthy, settle, type Script} from './scripted-server.js';

export const endpoint: Endpoint = {
  appKey: 'demo-key',
  wsHost: 'chat.test',
  wsPort: null,
  wsPath: '',
  scheme: 'https',
  cluster: null,
};

/** A connection with everything around it scripted. */
export class Bed {
  readonly clock = new VirtualClock();
  readonly page = new FakePage();
  readonly server: ScriptedServer;
  readonly connection: ConnectionController;
  readonly states: ConnectionState[] = [];
  readonly errors: ChatError[] = [];
  readonly asked: AuthorizeRequest[] = [];
  /** What an authorization is answered with. */
  authorize: (request: AuthorizeRequest) => Promise<ChannelAuth> = () => Promise.resolve({auth: 'demo-key:signature'});
  /** What all randomness comes out as. */
  random = 0.5;

  constructor(
    script: Script = healthy,
    options: Partial<Omit<ConnectionOptions, 'environment'>> & {readonly environment?: Partial<ConnectionEnvironment>} = {},
  ) {
    this.server = new ScriptedServer(this.clock, script);
    this.connection = new ConnectionController({
      endpoint,
      authorize: (request) => {
        this.asked.push(request);
        return this.authorize(request);
      },
      ...options,
      environment: {
        clock: this.clock,
        random: () => this.random,
        createWebSocket: this.server.createWebSocket,
        page: this.page,
        ...options.environment,
      },
    });
    this.connection.onStateChange(({state}) => this.states.push(state));
    this.connection.onError((error) => this.errors.push(error));
  }

  get state(): ConnectionState {
    return this.connection.status.state;
  }

  /** Lets time go by. */
  async pass(ms: number): Promise<void> {
    await this.clock.advance(ms);
    await settle();
  }

  /** Connects, and waits for what comes of it. */
  async connect(): Promise<boolean> {
    const connected = this.connection.connect();
    await settle();
    return connected;
  }
}
