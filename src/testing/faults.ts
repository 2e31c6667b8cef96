/** When a fault strikes. */
export interface FaultRule<Subject> {
  /** How often it strikes in all. Default 1; without limit where `share` is set. */
  readonly times?: number;
  /** The share of cases that it strikes, from 0 to 1, as the server's randomness decides. Default: every case. */
  readonly share?: number;
  /** Which cases it may strike. Text is looked for in, an expression is tried on, the subject's name. Default: all. */
  readonly match?: string | RegExp | ((subject: Subject) => boolean);
}

/** What goes wrong with an HTTP request. Its name for `match` is e.g. `POST /api/conversations/1/messages`, for the authorization route the channel. */
export interface HttpFault extends FaultRule<{readonly name: string}> {
  /** Answers with this status and a body as Laravel gives it, and does nothing else. */
  readonly status?: number;
  /** Answer headers, e.g. `{'Retry-After': '5'}`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer's text in place of what it should be. With no `status`, the answer has status 200. */
  readonly body?: string;
  /** Answers 200 with a page of HTML. */
  readonly html?: boolean;
  /** Never answers. */
  readonly hang?: boolean;
  /** The request does not arrive: it fails as without a network. */
  readonly unreachable?: boolean;
  /** The request is carried out, and then fails as without a network. */
  readonly lost?: boolean;
  /** Answers only after so many milliseconds of the virtual clock. Goes with each of the above, or alone. */
  readonly delay?: number;
}

/** What goes wrong with a broadcast. Its name for `match` is e.g. `private-user.1 MessageSentEvent`. */
export interface EventFault extends FaultRule<{readonly name: string}> {
  /** Nobody gets it. */
  readonly drop?: boolean;
  /** Everybody gets it twice. */
  readonly duplicate?: boolean;
  /** It waits for so many others, and they come in any order; after 200 ms without another one in any case. */
  readonly shuffle?: number;
  /** It comes so many milliseconds late. */
  readonly delay?: number;
}

/** What goes wrong with an attempt to connect. Its name for `match` is the URL. */
export interface SocketFault extends FaultRule<{readonly name: string}> {
  /** Never opens: it fails at once, as a port that nobody listens on. */
  readonly refuse?: boolean;
  /** Never opens and never fails. */
  readonly hang?: boolean;
  /** Opens, and nothing follows. */
  readonly neverWelcome?: boolean;
  /** Opens, and the first frame is this `pusher:error`. The socket stays open unless `close` says otherwise. */
  readonly error?: {readonly code: number; readonly message?: string};
  /** Is closed with this code: once welcomed, or in place of the welcome if `before` is set. */
  readonly close?: {readonly code: number; readonly reason?: string; readonly before?: boolean};
  /** Is welcomed, and then nothing passes any more, unnoticed. */
  readonly silent?: boolean;
}

/** Takes a fault back. Twice does no harm. */
export type TakeBack = () => void;

interface Named {
  readonly name: string;
}

/** Faults of one kind that are waiting to strike. The one that was added first strikes first. */
export class FaultList<Fault extends FaultRule<Named>> {
  readonly #random: () => number;
  readonly #rules = new Map<Fault, number>();

  constructor(random: () => number) {
    this.#random = random;
  }

  add(fault: Fault): TakeBack {
    const rule = {...fault};
    const times = rule.times ?? (rule.share === undefined ? 1 : Infinity);
    if (times > 0) this.#rules.set(rule, times);
    return () => this.#rules.delete(rule);
  }

  /** The fault that strikes this case, if one does. Counts it. */
  strike(name: string): Fault | undefined {
    for (const [rule, left] of this.#rules) {
      if (!matches(rule.match, {name}) || (rule.share !== undefined && this.#random() >= rule.share)) continue;
      if (left <= 1) this.#rules.delete(rule);
      else this.#rules.set(rule, left - 1);
      return rule;
    }
    return undefined;
  }

  clear(): void {
    this.#rules.clear();
  }
}

function matches(match: FaultRule<Named>['match'], subject: Named): boolean {
  if (match === undefined) return true;
  if (typeof match === 'string') return subject.name.includes(match);
  // `test` of a global expression would go on where its last match ended, in another name.
  return typeof match === 'function' ? match(subject) : subject.name.search(match) >= 0;
}

/** What is to go wrong, from now on. Each method returns what takes the fault back. */
export class Faults {
  /** @internal */ readonly authList: FaultList<HttpFault>;
  /** @internal */ readonly restList: FaultList<HttpFault>;
  /** @internal */ readonly eventList: FaultList<EventFault>;
  /** @internal */ readonly socketList: FaultList<SocketFault>;

  constructor(random: () => number) {
    this.authList = new FaultList(random);
    this.restList = new FaultList(random);
    this.eventList = new FaultList(random);
    this.socketList = new FaultList(random);
  }

  /** Of requests to `/broadcasting/auth`. */
  auth(fault: HttpFault): TakeBack {
    return this.authList.add(fault);
  }

  /** Of all other requests. */
  rest(fault: HttpFault): TakeBack {
    return this.restList.add(fault);
  }

  /** Of broadcasts. */
  events(fault: EventFault): TakeBack {
    return this.eventList.add(fault);
  }

  /** Of attempts to connect. For sockets that are open already see `closeAll` and `silence` of the server. */
  sockets(fault: SocketFault): TakeBack {
    return this.socketList.add(fault);
  }

  /** Takes all faults back. */
  clear(): void {
    for (const list of [this.authList, this.restList, this.eventList, this.socketList]) list.clear();
  }
}
