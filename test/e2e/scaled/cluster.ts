import {Backend, type Account} from '../backend/backend.js';
import {openPage} from '../browser/open-page.js';
import type {BrowserPage} from '../browser/browser-page.js';
import {uncaughtOn, visitDemo} from '../demo-page.js';
import {readEnvironment, type Environment} from '../environment.js';
import {Person} from '../person.js';

/** Laravel, two nodes of Reverb behind a balancer, Redis between them, and people who have a browser each. */
export class Cluster {
  readonly backend: Backend;
  readonly ali: Person;
  readonly vali: Person;
  readonly #environment: Environment;
  readonly #pages: readonly BrowserPage[];

  private constructor(environment: Environment, backend: Backend, pages: readonly [BrowserPage, BrowserPage]) {
    this.#environment = environment;
    this.backend = backend;
    this.#pages = pages;
    this.ali = new Person(pages[0], 'ali@example.com');
    this.vali = new Person(pages[1], 'vali@example.com');
  }

  /** Starts the servers and the browsers. */
  static async open(): Promise<Cluster> {
    const environment = readEnvironment();
    const backend = new Backend(environment, {flags: ['--scale']});
    const pages: BrowserPage[] = [];
    try {
      await backend.start();
      for (let n = 0; n < 2; n += 1) pages.push(await openPage(environment));
      return new Cluster(environment, backend, pages as [BrowserPage, BrowserPage]);
    } catch (error) {
      await Promise.all(pages.map((page) => page.close()));
      await backend.dispose();
      throw error;
    }
  }

  /** Opens the demo page for this person alone, and waits until it is live. */
  async visit(person: Person, query: Readonly<Record<string, string>> = {}): Promise<void> {
    await visitDemo(person.page, this.#environment, {user: person.email, ...query});
    await person.ready();
  }

  /** How many sockets each node has. */
  async sockets(): Promise<readonly number[]> {
    const answer = await this.backend.ask('sockets', /^sockets /u);
    return answer.split(' ').slice(1).map(Number);
  }

  async killNode(node: number): Promise<void> {
    await this.backend.ask(`kill node ${node}`, /^node \d+ killed/u);
  }

  /** Resolves once it answers and hears the other. */
  async startNode(node: number): Promise<void> {
    await this.backend.ask(`start node ${node}`, /^node \d+ listening/u);
  }

  async killRedis(): Promise<void> {
    await this.backend.ask('kill redis', /^redis killed/u);
  }

  /** Resolves once both nodes have found it. */
  async startRedis(): Promise<void> {
    await this.backend.ask('start redis', /^redis listening/u);
  }

  /** Writes messages as somebody, past the browser and one after the other. */
  async write(as: Account, conversationId: string, contents: readonly string[]): Promise<void> {
    for (const content of contents) await this.backend.write(as, conversationId, content);
  }

  /** The errors that nobody caught on either page. */
  async uncaught(): Promise<readonly string[]> {
    return (await Promise.all(this.#pages.map(uncaughtOn))).flat();
  }

  async close(): Promise<void> {
    try {
      await Promise.all(this.#pages.map((page) => page.close()));
    } finally {
      await this.backend.dispose();
    }
  }
}
