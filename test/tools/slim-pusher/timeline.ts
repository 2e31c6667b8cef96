/** Stands in for what pusher-js writes down to send as statistics. Only the numbers of its sockets are made here. */
export default class Timeline {
  #id = 0;

  error(): void {
    // Written nowhere.
  }

  info(): void {
    // Written nowhere.
  }

  generateUniqueID(): number {
    return ++this.#id;
  }
}
