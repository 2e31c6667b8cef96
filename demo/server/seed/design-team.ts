import {line, type Line} from './script.js';

/** A group of five, the one of the design picture. Who speaks: 0 Ali, 1 Vali, 2 Nodira, 3 Jasur, 4 Malika. */
export const designTeam: readonly Line[] = [
  line(4, 0, 'Welcome to the design team room! Pinned: https://staging.example.com/guidelines'),
  line(3, 6, 'Thanks, Malika. Grid is 4 px, bubbles 18 px round.'),
  line(2, 15, 'Dark colours are in. Please look at the warning banner, I am not sure about that yellow.'),
  line(3, 3, 'Contrast 7.1:1, fine by me.', {answers: 1}),
  line(4, 22, 'Icons: outline or filled?'),
  line(0, 1, 'Outline. Filled only for "send" when there is something to send.', {answers: 1, reactions: {'👍': [2, 3]}}),
  line(1, 253, 'The new banner is live on staging: https://staging.example.com/chat'),
  line(1, 0, 'Can you check it on a small phone?'),
  line(0, 3, 'Looks right on 320 px. The countdown is a nice touch.'),
  line(0, 0, 'Reconnected in under a second after I pulled the cable 🎉', {reactions: {'👍': [1, 2, 4]}}),
  line(2, 996, 'And with the keyboard open?', {answers: 2}),
  line(0, 1, 'Yes, the last message stays in view.'),
];
