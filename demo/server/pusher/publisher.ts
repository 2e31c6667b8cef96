import type {Publisher} from '../broadcaster.js';
import type {Faults} from '../faults.js';
import type {Channels} from './channels.js';
import {frame} from './messages.js';

/** Puts events of the application onto the channels of this very server. */
export class ChannelPublisher implements Publisher {
  readonly #channels: Channels;
  readonly #faults: Faults;

  constructor(channels: Channels, faults: Faults) {
    this.#channels = channels;
    this.#faults = faults;
  }

  publish(channels: readonly string[], event: string, data: unknown): void {
    const text = JSON.stringify(data);
    for (const channel of channels) {
      this.#faults.broadcast(() => this.#channels.send(channel, frame(event, text, channel)));
    }
  }
}
