const trustedOrigins = new Set<string>();

/**
 * Allows pictures from the origin of this address. Those from the page's own origin are always allowed; one from anywhere else would tell a
 * stranger who reads what, and when. Invalid addresses are ignored.
 */
export function trustImagesFrom(url: string): void {
  const parsed = parse(url);
  if (parsed && parsed.origin !== 'null') trustedOrigins.add(parsed.origin);
}

/** The address of a file, made absolute, if it is safe in a link: http, https or blob; `null` for any other. */
export function safeFileUrl(url: string | null | undefined): string | null {
  const parsed = parse(url);
  return parsed && ['http:', 'https:', 'blob:'].includes(parsed.protocol) ? parsed.href : null;
}

/**
 * The address of a picture, made absolute, if it may be fetched without asking: from the page's own origin or an allowed one, or a `data:`
 * picture other than SVG. `null` for any other.
 */
export function safeImageUrl(url: string | null | undefined): string | null {
  const parsed = parse(url);
  if (!parsed) return null;
  if (parsed.protocol === 'data:') return /^data:image\/(?:png|jpe?g|gif|webp|avif)[;,]/i.test(parsed.href) ? parsed.href : null;
  if (!['http:', 'https:', 'blob:'].includes(parsed.protocol)) return null;
  return parsed.origin === self.origin || trustedOrigins.has(parsed.origin) ? parsed.href : null;
}

function parse(url: string | null | undefined): URL | null {
  if (typeof url !== 'string' || url === '') return null;
  try {
    return new URL(url, document.baseURI);
  } catch {
    return null;
  }
}
