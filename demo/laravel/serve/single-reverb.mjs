import {reverbService} from './services.mjs';

/** The sockets of one Reverb. */
export class SingleReverb {
  #service;
  #url;
  #announce;

  /**
   * @param {import('./options.mjs').Options} options
   * @param {NodeJS.ProcessEnv} env
   * @param {(line: string) => void} announce
   */
  constructor({reverbPort}, env, announce) {
    this.#service = reverbService(reverbPort, env);
    this.#url = `http://127.0.0.1:${reverbPort}`;
    this.#announce = announce;
  }

  /** Called when it ended without having been asked to. @param {(message: string) => void} listener */
  set onCrash(listener) {
    this.#service.onCrash = listener;
  }

  /** Resolves once it answers. */
  async start() {
    await this.#service.start();
    this.#announce(`reverb listening on ${this.#url}`);
  }

  async stop() {
    await this.#service.stop();
  }

  /** Takes Reverb away; `start` brings it back. */
  async pause() {
    await this.#service.stop();
    this.#announce('reverb stopped');
  }
}
