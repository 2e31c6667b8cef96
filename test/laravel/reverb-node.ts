import {createHmac} from 'node:crypto';
import PusherServer from 'pusher';
import {RawSocket, type Frame} from './raw-socket.js';

/** A client of one node, by its raw socket. */
export class Client {
  readonly id: string;
  readonly socket: RawSocket;

  constructor(socket: RawSocket, id: string) {
    this.socket = socket;
    this.id = id;
  }

  /** Joins a channel, as `userId` if it is a presence channel. Resolves with the confirmation. */
  join(channel: string, userId?: string): Promise<Frame> {
    const data = userId === undefined ? undefined : JSON.stringify({user_id: userId, user_info: {}});
    const signed = [this.id, channel, ...(data === undefined ? [] : [data])].join(':');
    const auth = `demo-key:${createHmac('sha256', 'demo-secret').update(signed).digest('hex')}`;
    this.socket.send({event: 'pusher:subscribe', data: {channel, auth, channel_data: data}});
    return this.socket.next('pusher_internal:subscription_succeeded');
  }

  /** Resolves once the server has answered: everything that was on its way has come by then. */
  async settle(): Promise<void> {
    this.socket.send({event: 'pusher:ping', data: {}});
    await this.socket.next('pusher:pong');
  }

  /** The names of the events that came and that nobody took. */
  get events(): readonly string[] {
    return this.socket.frames.map(({event}) => event);
  }

  close(): void {
    this.socket.close();
  }
}

/** One Reverb, reached past any balancer. */
export class ReverbNode {
  readonly port: number;
  readonly #api: PusherServer;

  constructor(port: number) {
    this.port = port;
    this.#api = new PusherServer({
      appId: '1001',
      key: 'demo-key',
      secret: 'demo-secret',
      host: '127.0.0.1',
      port: String(port),
      useTLS: false,
    });
  }

  async connect(): Promise<Client> {
    const socket = new RawSocket(`ws://127.0.0.1:${this.port}/app/demo-key`);
    return new Client(socket, await socket.connected());
  }

  /** Broadcasts as a backend does. Resolves with the status of the answer. `except`: the socket that asked for it (`toOthers()`). */
  async trigger(channel: string, event: string, except?: string): Promise<number> {
    const response = await this.#api.trigger(channel, event, {}, except === undefined ? {} : {socket_id: except});
    return response.status;
  }

  /** The channels that somebody is subscribed to, as the HTTP API says. */
  async channels(): Promise<readonly string[]> {
    const response = await this.#api.get({path: '/channels'});
    return Object.keys(((await response.json()) as {channels: Record<string, unknown>}).channels);
  }

  /** Who is in a presence channel, as the HTTP API says. */
  async users(channel: string): Promise<readonly string[]> {
    const response = await this.#api.get({path: `/channels/${channel}/users`});
    const {users} = (await response.json()) as {users: readonly {readonly id: string}[]};
    return users.map(({id}) => id).sort();
  }

  /** Asks for somebody's connections to be cut. Rejects where that is not answered with success. */
  async terminate(userId: string): Promise<void> {
    await this.#api.post({path: `/users/${userId}/terminate_connections`, body: '{}'});
  }
}
