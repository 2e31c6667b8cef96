import {line, type Line} from './script.js';

/** What Ali (0) and Vali (1) have written to each other over four days. */
export const aliAndVali: readonly Line[] = [
  line(0, 0, 'Salom, Vali! Are you in the office already?'),
  line(1, 2, 'Salom! On the metro, 15 minutes.'),
];
