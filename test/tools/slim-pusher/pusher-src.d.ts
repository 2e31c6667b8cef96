/** What the slim client imports of the sources of pusher-js, which do not compile under our settings. */
declare module 'pusher-js/src/core/transports/url_schemes' {
  export const ws: {
    getInitial(
      key: string,
      params: {
        readonly useTLS: boolean;
        readonly hostTLS: string;
        readonly hostNonTLS: string;
        /** Stands before `/app`. */
        readonly httpPath: string;
      },
    ): string;
  };
}
