/** What the slim build imports of the sources of pusher-js, which do not compile under our settings. */

declare module 'pusher-js/src/core/events/dispatcher' {
  export default class Dispatcher {
    bind(event: string, listener: unknown): this;
  }
}

declare module 'pusher-js/src/core/connection/connection_manager' {
  import type Dispatcher from 'pusher-js/src/core/events/dispatcher';

  interface Options {
    readonly getStrategy: (options: object) => unknown;
    readonly timeline: unknown;
    readonly activityTimeout: number;
    readonly pongTimeout: number;
    readonly unavailableTimeout: number;
    readonly useTLS: boolean;
  }

  export default class ConnectionManager extends Dispatcher {
    constructor(key: string, options: Options);
    connect(): void;
    disconnect(): void;
    send_event(event: string, data: unknown, channel?: string): boolean;
  }
}

declare module 'pusher-js/src/core/strategies/sequential_strategy' {
  export default class SequentialStrategy {
    constructor(strategies: readonly unknown[], options: {loop: boolean; timeout: number; timeoutLimit: number});
  }
}

declare module 'pusher-js/src/core/strategies/transport_strategy' {
  export default class TransportStrategy {
    constructor(name: string, priority: number, transport: unknown, options: object);
  }
}

declare module 'pusher-js/src/core/transports/transport' {
  interface Hooks {
    readonly urls: unknown;
    readonly handlesActivityChecks: boolean;
    readonly supportsPing: boolean;
    readonly isInitialized: () => boolean;
    readonly isSupported: () => boolean;
    readonly getSocket: (url: string) => unknown;
  }

  export default class Transport {
    constructor(hooks: Hooks);
  }
}

declare module 'pusher-js/src/core/transports/url_schemes' {
  export const ws: unknown;
}

declare module 'pusher-js/src/runtimes/isomorphic/transports/transport_connection_initializer' {
  export default function transportConnectionInitializer(): void;
}
