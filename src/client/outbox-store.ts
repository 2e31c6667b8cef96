import type {Id} from '../model/index.js';
import {MemoryOutboxStorage, type OutboxStorage} from './outbox-storage.js';
import type {ClientEnvironment} from './types.js';

/** A storage, and the name by which all tabs of this person call it. */
export type NamedOutboxStorage = OutboxStorage & {readonly name: string};

/** The storage of what one person has written to one backend and not sent. */
export function openOutboxStorage(apiBase: string, userId: Id | null, _environment: ClientEnvironment): NamedOutboxStorage {
  return Object.assign(new MemoryOutboxStorage(), {name: `${apiBase}:${String(userId)}`});
}
