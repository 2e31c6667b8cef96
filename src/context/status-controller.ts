import type {ConnectionStatus} from '../model/index.js';
import type {ClientController, ClientHost} from './client-controller.js';

/** Keeps the status of the connection in `value`, and requests an update of its host at each change. `value` is undefined without a client. */
export class StatusController {
  value: ConnectionStatus | undefined;

  readonly #host: ClientHost;

  /** `onChange` is called before the update is requested; with undefined when there is no client any more. */
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
