/** Draws one of several things, each as often as its share of all shares says. */
export function draw<Item>(shares: readonly (readonly [number, Item])[], random: () => number): Item {
  let drawn = random() * shares.reduce((sum, [share]) => sum + share, 0);
  const found = shares.find(([share]) => (drawn -= share) < 0) ?? shares.at(-1);
  if (!found) throw new Error('There is nothing to draw from.');
  return found[1];
}
