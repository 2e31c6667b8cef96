/** What of a page decides whether its XSRF cookie goes along. */
export interface CookiePage {
  readonly href: string;
  readonly cookie: string;
}

/** The page at hand, or `null` outside one. A sandboxed frame may not read its cookies, and then has none. */
export function currentCookiePage(): CookiePage | null {
  if (typeof document === 'undefined' || typeof location === 'undefined') return null;
  try {
    return {href: document.baseURI, cookie: document.cookie};
  } catch {
    return {href: location.href, cookie: ''};
  }
}

/**
 * What goes back to Laravel as `X-XSRF-TOKEN`: its `XSRF-TOKEN` cookie, decoded. `null` where there is none, or where `url` is of
 * another site: the token would be told to a stranger.
 */
export function xsrfTokenFor(url: string, page: CookiePage | null): string | null {
  if (!page || !isSameSite(url, page.href)) return null;
  const value = /(?:^|;\s*)XSRF-TOKEN=([^;]+)/.exec(page.cookie)?.[1];
  if (value === undefined) return null;
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

/** The same host, or one below the other, or both below the same one, as `app.example.com` and `api.example.com`. */
function isSameSite(url: string, base: string): boolean {
  const here = URL.canParse(base) ? new URL(base) : null;
  const there = URL.canParse(url, base) ? new URL(url, base) : null;
  if (!here || !there) return false;
  if (there.protocol !== here.protocol) return false;
  if (there.hostname === here.hostname) return true;
  return (
    isBelow(there.hostname, here.hostname) ||
    isBelow(here.hostname, there.hostname) ||
    parentOf(there.hostname) === parentOf(here.hostname)
  );
}

function isBelow(host: string, parent: string): boolean {
  return parent.includes('.') && host.endsWith(`.${parent}`);
}

function parentOf(host: string): string {
  const parent = host.slice(host.indexOf('.') + 1);
  // Of an address, or of a name with two parts, there is no parent that belongs to somebody. Each is its own.
  return parent.includes('.') && !/^[\d.]+$|^\[/.test(host) ? parent : host;
}
