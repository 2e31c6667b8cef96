import {
  Listeners,
  type ChatError,
  type ChatEvent,
  type ConnectionStatus,
  type ListenOptions,
  type Unsubscribe,
} from '../model/index.js';

/** The listeners of a `Connection`, for classes that implement one. The methods are described there. */
export class ConnectionEvents {
  protected readonly statusListeners = new Listeners<[status: ConnectionStatus, previous: ConnectionStatus]>();
  protected readonly eventListeners = new Listeners<[event: ChatEvent]>();
  protected readonly errorListeners = new Listeners<[error: ChatError]>();
  protected readonly wakeListeners = new Listeners<[]>();

  onStateChange(listener: (status: ConnectionStatus, previous: ConnectionStatus) => void, options?: ListenOptions): Unsubscribe {
    return this.statusListeners.add(listener, options);
  }

  onEvent(listener: (event: ChatEvent) => void, options?: ListenOptions): Unsubscribe {
    return this.eventListeners.add(listener, options);
  }

  onEventType<Type extends ChatEvent>(
    type: abstract new (...args: never[]) => Type,
    listener: (event: Type) => void,
    options?: ListenOptions,
  ): Unsubscribe {
    return this.onEvent((event) => {
      if (event instanceof type) listener(event);
    }, options);
  }

  onError(listener: (error: ChatError) => void, options?: ListenOptions): Unsubscribe {
    return this.errorListeners.add(listener, options);
  }

  onWake(listener: () => void, options?: ListenOptions): Unsubscribe {
    return this.wakeListeners.add(listener, options);
  }

  /** Removes all listeners. */
  protected forgetListeners(): void {
    for (const listeners of [this.statusListeners, this.eventListeners, this.errorListeners, this.wakeListeners])
      listeners.clear();
  }
}
