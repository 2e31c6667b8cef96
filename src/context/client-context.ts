import {createContext} from '@lit/context';
import type {ChatClient} from '../client/types.js';

/**
 * The client of the nearest enclosing connection.
 *
 * The client and not its state travels through the context: it is set once, and whoever needs the state subscribes to the
 * part it shows. The key is a registered symbol, so that two copies of this package on one page still meet.
 */
export const clientContext = createContext<ChatClient | undefined>(Symbol.for('ws-chat-elements:client'));
