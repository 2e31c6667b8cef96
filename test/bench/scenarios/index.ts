import type {Scenario} from '../scenario.js';
import {append} from './append.js';
import {batch} from './batch.js';
import {flood} from './flood.js';
import {leak, memory} from './memory.js';
import {open} from './open.js';
import {prepend} from './prepend.js';
import {store} from './store.js';
import {typing} from './typing.js';
import {fling, wheel} from './wheel.js';

/** Everything that is measured. */
export const scenarios: readonly Scenario[] = [open, append, batch, flood, wheel, fling, prepend, memory, leak, typing, store];
