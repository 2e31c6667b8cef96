import {createHmac} from 'node:crypto';
import PusherServer from 'pusher';
import {Wire, type Frame} from './wire.js';

/** A server of the Pusher protocol: the embedded one or a real Reverb. */
export interface ParityTarget {
  /** `ws://host:port` */
  readonly wsUrl: string;
  /** `http://host:port` of the trigger API. */
  readonly httpUrl: string;
  readonly appId: string;
  readonly key: string;
  readonly secret: string;
}

/** What was said and what came back, without what differs by chance. */
export type Transcript = readonly {readonly step: string; readonly heard: readonly string[]}[];

/**
 * Holds one fixed conversation with a server and writes down its answers, so that two servers can be compared line by line.
 * Leaves out what is meant to differ: origins, rates, numbers of channels and sockets, channel names that Pusher does not
 * allow, whispers on public channels, old timestamps on triggers, and the close after twenty malformed frames.
 */
export async function recordParity(target: ParityTarget): Promise<Transcript> {
  const script = new ParityScript(target);
  try {
    await script.run();
    return script.transcript;
  } finally {
    script.close();
  }
}

const MALFORMED = [
  '{',
  '[]',
  '5',
  'null',
  '{}',
  '{"event":7}',
  '{"event":"pusher:signin"}',
  '{"event":"pusher:subscribe"}',
  '{"event":"client-x"}',
];

class ParityScript {
  readonly transcript: {step: string; heard: string[]}[] = [];
  readonly #target: ParityTarget;
  readonly #wires: Wire[] = [];

  constructor(target: ParityTarget) {
    this.#target = target;
  }

  async run(): Promise<void> {
    const one = await this.#connect();
    const two = await this.#connect();
    for (const text of MALFORMED) await this.#say(`malformed ${text}`, one, () => one.socket.send(text));
    await this.#channels(one, two);
    await this.#presence(one, two);
    await this.#triggers(one);
    const stranger = new Wire(`${this.#target.wsUrl}/app/unknown?protocol=7`);
    this.transcript.push({step: 'unknown app key', heard: [describe(await stranger.next('pusher:error'))]});
    this.transcript.push({step: 'unknown app key: end', heard: [String(await stranger.closed)]});
    one.socket.send('x'.repeat(10_001));
    this.transcript.push({step: 'frame of 10,001 bytes', heard: [String(await one.closed)]});
  }

  close(): void {
    for (const wire of this.#wires) wire.close();
  }

  async #channels(one: Wire, two: Wire): Promise<void> {
    const subscribe =
      (channel: string, rest = {}) =>
      () =>
        one.send('pusher:subscribe', {channel, ...rest});
    await this.#say('public', one, subscribe('news'));
    await this.#say('public again', one, subscribe('news'));
    await this.#say('private unsigned', one, subscribe('private-a'));
    await this.#say('private wrong', one, subscribe('private-a', {auth: `${this.#target.key}:00`}));
    await this.#say('private of another socket', one, subscribe('private-a', this.#sign(two, 'private-a')));
    await this.#say('private', one, subscribe('private-a', this.#sign(one, 'private-a')));
    await this.#say('whisper as a stranger', two, () => two.send('client-x', {a: 1}, 'private-a'));
    two.send('pusher:subscribe', {channel: 'private-a', ...this.#sign(two, 'private-a')});
    await two.settle();
    await this.#say('whisper', one, () => two.send('client-x', {a: 1}, 'private-a'), two);
    await this.#say('other event names', one, () => one.send('other', {}, 'private-a'));
    await this.#say('unsubscribe', one, () => one.send('pusher:unsubscribe', {channel: 'news'}));
    await this.#say('unsubscribe from nowhere', one, () => one.send('pusher:unsubscribe', {channel: 'nowhere'}));
  }

  async #presence(one: Wire, two: Wire): Promise<void> {
    const room = 'presence-room';
    const join = (wire: Wire, userId: string) => () =>
      wire.send('pusher:subscribe', {channel: room, ...this.#sign(wire, room, userId)});
    await this.#say('presence', one, join(one, 'u1'));
    await this.#say('presence: another comes', one, join(two, 'u2'), two);
    await this.#say('presence: whisper', one, () => two.send('client-x', {b: 2}, room), two);
    await this.#say('presence: the other goes', one, () => two.send('pusher:unsubscribe', {channel: room}), two);
  }

  async #triggers(one: Wire): Promise<void> {
    const {hostname, port} = new URL(this.#target.httpUrl);
    const {appId, key, secret} = this.#target;
    const backend = new PusherServer({appId, key, secret, host: hostname, port, useTLS: false});
    const forger = new PusherServer({appId, key, secret: `${secret}x`, host: hostname, port, useTLS: false});
    await this.#say('trigger', one, () => backend.trigger('private-a', 'ev', {n: 1}));
    await this.#say('trigger without this socket', one, () => backend.trigger('private-a', 'ev', {}, {socket_id: one.socketId}));
    await this.#say('batch', one, () => backend.triggerBatch([{channel: 'private-a', name: 'ev', data: {n: 2}}]));
    await this.#status('forged', forger.trigger('private-a', 'ev', {}));
    await this.#status('too large', backend.trigger('private-a', 'ev', 'x'.repeat(10_000)));
    await this.#status('unknown presence', backend.get({path: '/channels/presence-none/users'}));
    await this.#status('users of a private channel', backend.get({path: '/channels/private-a/users'}));
  }

  async #connect(): Promise<Wire> {
    const wire = await Wire.connect(`${this.#target.wsUrl}/app/${this.#target.key}?protocol=7&client=parity&version=1`);
    this.#wires.push(wire);
    return wire;
  }

  /** Does something and writes down what `hearer` hears until a ping of `speaker`, and then one of its own, is answered. */
  async #say(step: string, hearer: Wire, act: () => unknown, speaker: Wire = hearer): Promise<void> {
    const from = hearer.frames.length;
    await act();
    await speaker.settle();
    await hearer.settle();
    this.transcript.push({
      step,
      heard: hearer.frames
        .slice(from)
        .filter(({event}) => event !== 'pusher:pong')
        .map(describe),
    });
  }

  async #status(step: string, request: Promise<{status: number}>): Promise<void> {
    const status = await request.then(
      (response) => response.status,
      (error: unknown) => (error as {status?: number}).status ?? 0,
    );
    this.transcript.push({step, heard: [String(status)]});
  }

  #sign(wire: Wire, channel: string, userId?: string): {auth: string; channel_data?: string} {
    const data = userId === undefined ? undefined : JSON.stringify({user_id: userId, user_info: {name: userId}});
    const text = [wire.socketId, channel, ...(data === undefined ? [] : [data])].join(':');
    const auth = `${this.#target.key}:${createHmac('sha256', this.#target.secret).update(text).digest('hex')}`;
    return data === undefined ? {auth} : {auth, channel_data: data};
  }
}

/** A frame with its keys in order. */
function describe({event, channel, data, user_id: userId}: Frame): string {
  return JSON.stringify({event, channel, data, userId});
}
