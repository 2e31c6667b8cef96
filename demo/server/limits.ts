/** What one client, one address or one request may use up. Where Reverb has a figure of its own, ours is the same or stricter. */
export interface Limits {
  /** A client's WebSocket message, in bytes. A longer one closes the socket with 1009. As Reverb's `max_message_size`. */
  readonly frameBytes: number;
  /** A request to the trigger API, headers included, in bytes; also what a broadcast of our own may weigh. As Reverb's `max_request_size`. */
  readonly triggerBytes: number;
  /** Body of a REST call, in bytes. */
  readonly bodyBytes: number;
  /** One uploaded file, in bytes. */
  readonly uploadBytes: number;
  /** Characters (code points) of a message. */
  readonly contentLength: number;
  /** Attachments of one message. */
  readonly attachmentsPerMessage: number;
  /** Different emojis on one message. */
  readonly reactionsPerMessage: number;
  /** Open sockets in all. One more is told 4004 and closed. */
  readonly sockets: number;
  /** Open sockets from one address. One more is told 4004 and closed. */
  readonly socketsPerAddress: number;
  /** Channels one socket may be subscribed to. */
  readonly channelsPerSocket: number;
  /** Frames a socket may send at once before it is told 4301. Subscribes and pings count, as in Reverb. */
  readonly frameBurst: number;
  /** Frames a minute that a socket earns back. */
  readonly framesPerMinute: number;
  /** Frames over the rate that are answered with 4301; the next one closes the socket with 4301. */
  readonly rateStrikes: number;
  /** Malformed frames that are answered with 4200; the last of them closes the socket with 4200. */
  readonly malformedFrames: number;
  /** Bytes that may wait for a client that does not read. One that has more waiting is cut off. */
  readonly backlogBytes: number;
  /** A client that was silent for so long is sent `pusher:ping`, in milliseconds. */
  readonly pingAfter: number;
  /** Time to answer that ping before the socket is cut off, in milliseconds. */
  readonly pongWithin: number;
  /** Time a client has to send its request in full, in milliseconds. */
  readonly requestTimeout: number;
  /** Wrong passwords per minute, for one address and e-mail, before the answer is 429. */
  readonly loginAttempts: number;
}

export const defaultLimits: Limits = {
  frameBytes: 10_000,
  triggerBytes: 10_000,
  bodyBytes: 64 * 1024,
  uploadBytes: 10 * 1024 * 1024,
  contentLength: 10_000,
  attachmentsPerMessage: 5,
  reactionsPerMessage: 20,
  sockets: 1_000,
  socketsPerAddress: 100,
  channelsPerSocket: 100,
  frameBurst: 100,
  framesPerMinute: 60,
  rateStrikes: 100,
  malformedFrames: 20,
  backlogBytes: 1024 * 1024,
  pingAfter: 60_000,
  pongWithin: 30_000,
  requestTimeout: 10_000,
  loginAttempts: 5,
};
