/** A new UUID (version 4). Not by `crypto.randomUUID()`, which only pages in a secure context have. */
export function newTempId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  // Two digits are not random: they tell the version (4) and the variant (8).
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-4$3-8$4-');
}
