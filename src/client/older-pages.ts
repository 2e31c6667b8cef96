import type {ChatApi, MessagePage} from '../api/chat-api.js';
import {ApiError, type Id} from '../model/index.js';

const PAGE = 50;

interface OlderPagesOptions {
  readonly conversationId: Id;
  readonly api: () => ChatApi;
  /** The oldest message that is there, `null` if there is none. */
  readonly oldestId: () => Id | null;
  readonly take: (page: MessagePage) => void;
  readonly changed: (change: {loadingOlder?: boolean; hasOlder?: boolean; olderError?: ApiError | null}) => void;
}

/** Loads what stands above, one page at a time. */
export class OlderPages {
  readonly #options: OlderPagesOptions;
  #loading: Promise<void> | null = null;
  #stop = new AbortController();

  constructor(options: OlderPagesOptions) {
    this.#options = options;
  }

  /** Callers at the same time share one page. */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  /** What is on its way is not wanted any more. */
  stop(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  async #load(): Promise<void> {
    const {api, conversationId, oldestId, take, changed} = this.#options;
    const before = oldestId();
    if (before === null) return;
    const {signal} = this.#stop;
    changed({loadingOlder: true, olderError: null});
    try {
      const page = await api().listMessages(conversationId, {before, limit: PAGE, signal});
      if (signal.aborted) return;
      take(page);
      changed({loadingOlder: false, hasOlder: page.hasMoreBefore && page.messages.length > 0});
    } catch (error) {
      if (signal.aborted) return;
      const olderError =
        error instanceof ApiError ? error : new ApiError('network', 'Older messages could not be loaded.', {cause: error});
      changed({loadingOlder: false, olderError});
    }
  }
}
