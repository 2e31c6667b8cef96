/** A welcomed socket, as a channel needs it. */
export interface PeerSocket {
  readonly id: string;
  readonly sendText: (text: string) => void;
  readonly send: (event: string, data: unknown, channel?: string) => void;
}

interface Member {
  readonly user_id: string;
  readonly user_info: unknown;
}

/** Who is subscribed to one channel, and, where its name begins with `presence-`, which people these are. */
export class PeerChannel {
  readonly name: string;
  readonly #sockets = new Map<PeerSocket, Member | null>();

  constructor(name: string) {
    this.name = name;
  }

  get isEmpty(): boolean {
    return this.#sockets.size === 0;
  }

  get socketIds(): string[] {
    return [...this.#sockets.keys()].map((socket) => socket.id);
  }

  has(socket: PeerSocket): boolean {
    return this.#sockets.has(socket);
  }

  /** Adds a socket, confirms it to its client, and tells the others of a person who was not here before. */
  join(socket: PeerSocket, channelData: string | null): void {
    const member = this.name.startsWith('presence-') ? toMember(channelData) : null;
    const isNew = member !== null && !this.#isHere(member.user_id);
    this.#sockets.set(socket, member);
    socket.send('pusher_internal:subscription_succeeded', member ? {presence: this.#presence()} : {}, this.name);
    if (isNew) this.send('pusher_internal:member_added', member, socket);
  }

  leave(socket: PeerSocket): void {
    const member = this.#sockets.get(socket);
    this.#sockets.delete(socket);
    if (member && !this.#isHere(member.user_id)) this.send('pusher_internal:member_removed', {user_id: member.user_id});
  }

  send(event: string, data: unknown, except?: PeerSocket): void {
    for (const socket of this.#sockets.keys()) {
      if (socket !== except) socket.send(event, data, this.name);
    }
  }

  /** Hands a client event to the others. On presence channels the server adds who sent it. */
  whisper(from: PeerSocket, event: string, data: unknown): void {
    const member = this.#sockets.get(from);
    const frame = {event, channel: this.name, data, ...(member ? {user_id: member.user_id} : {})};
    for (const socket of this.#sockets.keys()) {
      if (socket !== from) socket.sendText(JSON.stringify(frame));
    }
  }

  #isHere(userId: string): boolean {
    return [...this.#sockets.values()].some((member) => member?.user_id === userId);
  }

  #presence(): {count: number; ids: string[]; hash: Record<string, unknown>} {
    const members = [...this.#sockets.values()].filter((member) => member !== null);
    const hash = Object.fromEntries(members.map((member) => [member.user_id, member.user_info]));
    return {count: Object.keys(hash).length, ids: Object.keys(hash), hash};
  }
}

function toMember(channelData: string | null): Member {
  const data = JSON.parse(channelData ?? '{}') as {user_id?: unknown; user_info?: unknown};
  return {user_id: String(data.user_id), user_info: data.user_info ?? {}};
}
