/** What a request needs to know of the page it is made from. */
export interface HostPage {
  /** The address of the page: what relative URLs start from. */
  readonly href: string;
  /** The page's cookies, as `document.cookie` gives them. */
  readonly cookie: () => string;
}

/** The page this runs in; `null` in a worker or in Node, where cookies cannot be read. */
export function currentPage(): HostPage | null {
  if (typeof document === 'undefined' || typeof location === 'undefined') return null;
  return {href: location.href, cookie: () => document.cookie};
}

/**
 * Laravel's `XSRF-TOKEN` cookie, decoded, if `url` has the page's own origin; else `null`. It must not travel to another origin:
 * whoever has it can forge this person's requests.
 */
export function xsrfToken(url: string, page: HostPage | null): string | null {
  if (!page || !isSameOrigin(url, page)) return null;
  const value = /(?:^|;)\s*XSRF-TOKEN=([^;]*)/.exec(page.cookie())?.[1];
  if (!value) return null;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function isSameOrigin(url: string, page: HostPage): boolean {
  try {
    const {origin} = new URL(url, page.href);
    return origin !== 'null' && origin === new URL(page.href).origin;
  } catch {
    return false;
  }
}
