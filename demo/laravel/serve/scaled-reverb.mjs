import {Balancer} from './balancer.mjs';
import {freePort, isTaken} from './ports.mjs';
import {redisService, untilSubscribed} from './redis.mjs';
import {EndedEarly} from './service.mjs';
import {reverbService} from './services.mjs';

const NODES = 2;

/** How long a node that ended by itself stays away, as under a process manager (ms). */
const RESTART_DELAY = 1_000;

/**
 * The sockets of several Reverbs that share what they broadcast through Redis, behind one port. A node that ends by itself is
 * started again: without Redis for a minute (`REDIS_TIMEOUT`), that is what Reverb does.
 */
export class ScaledReverb {
  /** Called when something ended that will not be started again. @type {(message: string) => void} */
  onCrash = () => {};

  #announce;
  #port;
  #redisPort;
  #channel;
  /** Left alone where it ran before us. @type {import('./service.mjs').Service | null} */ #redis;
  /** @type {readonly {port: number, service: import('./service.mjs').Service}[]} */ #nodes;
  #balancer;
  /** Of the nodes that ended by themselves, by index. @type {Map<number, NodeJS.Timeout>} */ #restarts = new Map();

  /**
   * @param {import('./options.mjs').Options} options
   * @param {NodeJS.ProcessEnv} env
   * @param {(line: string) => void} announce
   */
  static async create({reverbPort, redisPort}, env, announce) {
    const ports = await Promise.all(Array.from({length: NODES}, () => freePort()));
    const isShared = redisPort !== null && (await isTaken(redisPort));
    return new ScaledReverb(reverbPort, ports, {port: redisPort ?? (await freePort()), isShared}, env, announce);
  }

  /**
   * @param {number} port
   * @param {readonly number[]} ports those of the nodes
   * @param {{port: number, isShared: boolean}} redis
   * @param {NodeJS.ProcessEnv} env
   * @param {(line: string) => void} announce
   */
  constructor(port, ports, redis, env, announce) {
    // Two of these may share a Redis, and must not hear each other.
    const channel = `reverb-${port}`;
    const scaling = {
      REVERB_SCALING_ENABLED: 'true',
      REVERB_SCALING_CHANNEL: channel,
      REDIS_HOST: '127.0.0.1',
      REDIS_PORT: String(redis.port),
    };
    this.#announce = announce;
    this.#port = port;
    this.#redisPort = redis.port;
    this.#channel = channel;
    this.#redis = redis.isShared ? null : redisService(redis.port);
    this.#nodes = ports.map((port) => ({port, service: reverbService(port, {...env, ...scaling})}));
    this.#balancer = new Balancer(ports);
  }

  /** Resolves once all nodes answer and hear each other. */
  async start() {
    await this.#startRedis();
    await Promise.all(this.#nodes.map((_, index) => this.#startNode(index)));
    await this.#balancer.listen(this.#port);
    this.#announce(`reverb listening on http://127.0.0.1:${this.#port}`);
  }

  async stop() {
    await this.#stopNodes();
    await this.#balancer.close();
    await this.#redis?.stop();
  }

  /** Takes all nodes and the port away; `start` brings them back. */
  async pause() {
    await this.#stopNodes();
    await this.#balancer.close();
    this.#announce('reverb stopped');
  }

  /**
   * @param {string} line
   * @returns {(() => Promise<void>) | undefined} what it asks for
   */
  commandOf(line) {
    const [, verb, number] = /^(kill|start) node (\d+)$/.exec(line) ?? [];
    const index = Number(number) - 1;
    if (this.#nodes[index]) return () => (verb === 'kill' ? this.#killNode(index) : this.#startNode(index));
    if (line === 'kill redis') return () => this.#killRedis();
    if (line === 'start redis') return () => this.#startRedis();
    if (line === 'sockets') return async () => this.#announce(`sockets ${this.#balancer.sockets.join(' ')}`);
    return undefined;
  }

  /** @param {number} index */
  async #startNode(index) {
    this.#forgetRestart(index);
    const {port, service} = this.#node(index);
    service.onCrash = (message) => {
      this.#announce(message);
      this.#restarts.set(
        index,
        setTimeout(() => void this.#restartNode(index), RESTART_DELAY),
      );
    };
    await service.start();
    await this.#untilConnected();
    this.#announce(`node ${index + 1} listening on http://127.0.0.1:${port}`);
  }

  /** @param {number} index */
  async #restartNode(index) {
    try {
      await this.#startNode(index);
    } catch (error) {
      // As happens while Redis stays away. It has been announced, and the next try is on its way.
      if (!(error instanceof EndedEarly)) this.onCrash(String(error));
    }
  }

  /** @param {number} index */
  async #killNode(index) {
    this.#forgetRestart(index);
    await this.#node(index).service.kill();
    this.#announce(`node ${index + 1} killed`);
  }

  async #stopNodes() {
    for (const index of this.#nodes.keys()) this.#forgetRestart(index);
    await Promise.all(this.#nodes.map(({service}) => service.stop()));
  }

  /** @param {number} index */
  #forgetRestart(index) {
    clearTimeout(this.#restarts.get(index));
    this.#restarts.delete(index);
  }

  async #startRedis() {
    if (this.#redis) {
      this.#redis.onCrash = (message) => this.onCrash(message);
      await this.#redis.start();
      await this.#untilConnected();
    }
    this.#announce(`redis listening on 127.0.0.1:${this.#redisPort}`);
  }

  async #killRedis() {
    if (!this.#redis) throw new Error('This Redis was there before, and is left alone.');
    await this.#redis.kill();
    this.#announce('redis killed');
  }

  /** Resolves once each node that runs listens to Redis, if that runs: Reverb answers before, and would not hear the others. */
  async #untilConnected() {
    const wanted = () => (this.#redis?.isRunning === false ? 0 : this.#nodes.filter(({service}) => service.isRunning).length);
    await untilSubscribed(this.#redisPort, this.#channel, wanted);
  }

  /** @param {number} index */
  #node(index) {
    return /** @type {{port: number, service: import('./service.mjs').Service}} */ (this.#nodes[index]);
  }
}
