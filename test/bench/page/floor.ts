import {FloorList} from './floor-list.js';
import {OWN_ID} from './messages.js';
import {takePart} from './take-part.js';

let list: FloorList;
let place: HTMLElement;

takePart({
  mount(root) {
    place = root;
    list = new FloorList(root, OWN_ID);
  },
  unmount() {
    list.disconnect();
    place.replaceChildren();
  },
  show: (messages) => list.show(messages),
  append: (messages) => list.append(messages),
  prepend: (messages) => list.prepend(messages),
  scroller: () => list.scroller,
  rows: () => list.rows.children,
  textOf: (row) => row.textContent,
  size: () => list.size,
  addField(root) {
    const field = document.createElement('textarea');
    root.append(field);
    return field;
  },
});
