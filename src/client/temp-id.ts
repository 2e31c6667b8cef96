/** A new UUID (version 4). Made by hand, as pages that are not served securely have no `randomUUID`. */
export function newTempId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  // The two digits that are no chance tell the version and the variant.
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-4$3-8$4-');
}
