const trustedOrigins = new Set<string>();

/**
 * Lets pictures from this address's origin be shown. The origin of the page always may; a picture from anywhere else would tell a
 * stranger who reads what, and when. Addresses that are none are ignored.
 */
export function trustImagesFrom(url: string): void {
  const parsed = parse(url);
  if (parsed && parsed.origin !== 'null') trustedOrigins.add(parsed.origin);
}

/** The address of a file as it may stand in a link: absolute, http, https or blob; `null` for any other. */
export function safeFileUrl(url: string | null | undefined): string | null {
  const parsed = parse(url);
  return parsed && ['http:', 'https:', 'blob:'].includes(parsed.protocol) ? parsed.href : null;
}

/** The address of a picture that may be fetched without being asked, or `null`: the origin of the page, a trusted one, or data within the page. */
export function safeImageUrl(url: string | null | undefined): string | null {
  const parsed = parse(url);
  if (!parsed) return null;
  if (parsed.protocol === 'data:') return /^data:image\/(?:png|jpe?g|gif|webp|avif)[;,]/i.test(parsed.href) ? parsed.href : null;
  if (!['http:', 'https:', 'blob:'].includes(parsed.protocol)) return null;
  return parsed.origin === location.origin || trustedOrigins.has(parsed.origin) ? parsed.href : null;
}

function parse(url: string | null | undefined): URL | null {
  if (typeof url !== 'string' || url === '') return null;
  try {
    return new URL(url, document.baseURI);
  } catch {
    return null;
  }
}
