import type {ConnectionStatus} from '../model/index.js';
import type {ClientController, ClientHost} from './client-controller.js';

/** Keeps the status of the connection at hand, and asks its host for an update at each change. Undefined outside a connection. The client controller lets go for it. */
export class StatusController {
  value: ConnectionStatus | undefined;

  readonly #host: ClientHost;

  /** `onChange` is called before the update is asked for, with undefined when there is no client any more. */
  constructor(host: ClientHost, clients: ClientController, onChange?: (status: ConnectionStatus | undefined) => void) {
    this.#host = host;
    clients.follow((client) => {
      const take = (status: ConnectionStatus | undefined): void => {
        this.value = status;
        onChange?.(status);
        this.#host.requestUpdate();
      };
      take(client.status);
      const unsubscribe = client.onStateChange(take);
      return () => {
        unsubscribe();
        take(undefined);
      };
    });
  }
}
