function write(): void {
  // Nowhere.
}

/** Stands in for the log of pusher-js, which only writes where a page sets `Pusher.log`, and no page can reach the class in here. */
export default {debug: write, warn: write, error: write};
