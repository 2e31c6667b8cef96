/** How everything looks: tokens, and the styles that several elements share. */
export {avatarStyles} from './avatar.js';
export {buttonStyles} from './button.js';
export {focusRing} from './focus-ring.js';
export {hostStyles} from './host.js';
export {scrollbarStyles} from './scrollbar.js';
export {tokens} from './tokens.js';
