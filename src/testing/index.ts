/** A backend in memory: for tests of hosts, for stories, and for our own tests. Runs in browsers and in Node. */
export * from './fake-server.js';
export {FakeWorld} from './fake-world.js';
export {FakeSocket} from './fake-socket.js';
export {Faults, type EventFault, type FaultRule, type HttpFault, type SocketFault, type TakeBack} from './faults.js';
export * from './seeds.js';
export type {LoggedAttempt, LoggedFrame, LoggedRequest, ServerLog} from './server-log.js';
export {VirtualClock, type VirtualClockOptions} from './virtual-clock.js';
export type * from './wire.js';
