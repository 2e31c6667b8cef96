import {once} from 'node:events';
import {createServer, request, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {seededRandom} from '../../src/testing/random.js';
import type {FrameRelay} from './frame-relay.js';
import {NO_RATES, type FaultRates} from './rates.js';

type Fate = 'pass' | 'fail' | 'hang' | 'lose-answer';

/** An answer on its way to the page; `cut`: the connection ends in the middle of its body. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly cut?: boolean;
}

/** Passes HTTP on, and lets some calls go wrong. WebSockets go to the frame relay. */
export class HttpRelay {
  rates: FaultRates = NO_RATES;
  /** What becomes of every answer, where there is such a thing. */
  spoil: ((answer: Answer) => Answer) | null = null;
  readonly #server: Server;
  readonly #target: number;
  readonly #random: () => number;
  readonly #hanging = new Set<ServerResponse>();

  private constructor(target: number, seed: number, frames: FrameRelay) {
    this.#target = target;
    this.#random = seededRandom(seed);
    this.#server = createServer((incoming, answer) => this.#take(incoming, answer));
    this.#server.on('upgrade', (incoming, socket, head) => frames.upgrade(incoming, socket, head));
  }

  /** Resolves once it listens, on a free port of the loopback interface. */
  static async start(target: number, seed: number, frames: FrameRelay): Promise<HttpRelay> {
    const relay = new HttpRelay(target, seed, frames);
    relay.#server.listen(0, '127.0.0.1');
    await once(relay.#server, 'listening');
    return relay;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends the connections of the calls that are never answered. */
  endHanging(): void {
    for (const answer of this.#hanging) answer.destroy();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #take(incoming: IncomingMessage, answer: ServerResponse): void {
    const fate = this.#fateOf(incoming);
    if (fate === 'hang') this.#hang(incoming, answer);
    else if (fate === 'fail') fail(incoming, answer);
    else this.#pass(incoming, answer, fate === 'lose-answer');
  }

  #fateOf({method = 'GET', url = ''}: IncomingMessage): Fate {
    const {auth5xx, authHang, rest5xx, lostAnswers} = this.rates;
    // The browser's own question whether it may ask belongs to no call of the page.
    if (method === 'OPTIONS' || url === '/api/login') return 'pass';
    const drawn = this.#random();
    if (url.startsWith('/broadcasting/auth')) {
      if (drawn < auth5xx) return 'fail';
      return drawn < auth5xx + authHang ? 'hang' : 'pass';
    }
    if (!url.startsWith('/api/')) return 'pass';
    if (drawn < rest5xx) return 'fail';
    return method !== 'GET' && drawn < rest5xx + lostAnswers ? 'lose-answer' : 'pass';
  }

  #hang(incoming: IncomingMessage, answer: ServerResponse): void {
    incoming.resume();
    this.#hanging.add(answer);
    answer.once('close', () => this.#hanging.delete(answer));
  }

  #pass(incoming: IncomingMessage, answer: ServerResponse, loseAnswer: boolean): void {
    const {method, url, headers} = incoming;
    const outgoing = request({port: this.#target, host: '127.0.0.1', method, path: url, headers, agent: false});
    outgoing.once('error', () => answer.destroy());
    outgoing.once('response', (response) => {
      if (loseAnswer) {
        // Only when the server has said all of it: then what was asked for is done.
        response.resume().once('end', () => answer.destroy());
        return;
      }
      if (this.spoil && method !== 'OPTIONS' && url !== '/api/login') return void sendSpoilt(response, answer, this.spoil);
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
      response.once('error', () => answer.destroy());
    });
    incoming.pipe(outgoing);
    const hangUp = (): void => void outgoing.destroy();
    // A write that is given up still reaches the server: it was on its way. That nobody waits for its answer, the server may notice.
    answer.once('close', () => (method === 'GET' || outgoing.writableFinished ? hangUp() : outgoing.once('finish', hangUp)));
  }
}

/** What lets a page of another origin read an answer stays as it is: nothing is learnt from a page that sees none. */
async function sendSpoilt(response: IncomingMessage, answer: ServerResponse, spoil: (answer: Answer) => Answer): Promise<void> {
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += String(chunk);
  const type = response.headers['content-type'] ?? 'application/json';
  const spoilt = spoil({status: response.statusCode ?? 502, headers: {'Content-Type': type}, body});
  const cors = Object.entries(response.headers).filter(([name]) => name.startsWith('access-control-') || name === 'vary');
  answer.writeHead(spoilt.status, {...Object.fromEntries(cors), ...spoilt.headers});
  if (spoilt.cut) answer.write(spoilt.body, () => answer.destroy());
  else answer.end([204, 304].includes(spoilt.status) ? undefined : spoilt.body);
}

function fail(incoming: IncomingMessage, answer: ServerResponse): void {
  incoming.resume();
  // Without this header the page would learn of no status, only that it failed.
  const origin = {'Access-Control-Allow-Origin': incoming.headers.origin ?? '*'};
  answer.writeHead(503, {'Content-Type': 'application/json', ...origin});
  answer.end('{"message":"A fault of the chaos test."}');
}
