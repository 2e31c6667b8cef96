import {Backend} from './backend/backend.js';
import type {BrowserPage} from './browser/browser-page.js';
import {openPage} from './browser/open-page.js';
import {uncaughtOn, visitDemo} from './demo-page.js';
import {readEnvironment, type Environment} from './environment.js';
import {Person} from './person.js';

/** A server, a browser, and the demo page in it. */
export class Scene {
  readonly environment: Environment;
  readonly backend: Backend;
  readonly page: BrowserPage;
  readonly ali: Person;
  readonly vali: Person;

  private constructor(environment: Environment, backend: Backend, page: BrowserPage) {
    this.environment = environment;
    this.backend = backend;
    this.page = page;
    this.ali = new Person(page, 'ali@example.com');
    this.vali = new Person(page, 'vali@example.com');
  }

  /** Starts the server and the browser. */
  static async open(): Promise<Scene> {
    const environment = readEnvironment();
    const backend = new Backend(environment);
    try {
      await backend.start();
      return new Scene(environment, backend, await openPage(environment));
    } catch (error) {
      await backend.dispose();
      throw error;
    }
  }

  /** Opens the demo page, with more in its query if need be. From then on the page notes errors that nobody caught. */
  visit(query: Readonly<Record<string, string>> = {}): Promise<void> {
    return visitDemo(this.page, this.environment, query);
  }

  /** The errors that nobody caught since the last `visit`. */
  uncaught(): Promise<readonly string[]> {
    return uncaughtOn(this.page);
  }

  /** The id of the conversation on the page. */
  conversationId(): Promise<string> {
    return this.page.evaluate((dom) => dom.one('chat-conversation').getAttribute('conversation-id') ?? '');
  }

  async close(): Promise<void> {
    try {
      await this.page.close();
    } finally {
      await this.backend.dispose();
    }
  }
}
