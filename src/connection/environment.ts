import {systemClock} from '../model/index.js';
import {currentPage} from './page-lifecycle.js';
import type {ConnectionEnvironment} from './types.js';

/** The surroundings of a connection: those given, and the real ones for the rest. */
export function environmentOf(given: Partial<ConnectionEnvironment> = {}): ConnectionEnvironment {
  return {
    clock: given.clock ?? systemClock,
    random: given.random ?? Math.random,
    createWebSocket: given.createWebSocket ?? ((url) => new WebSocket(url)),
    page: given.page === undefined ? currentPage() : given.page,
  };
}
