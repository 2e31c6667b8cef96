/** What a request needs to know about the page that makes it. */
export interface HostPage {
  /** What relative URLs are resolved against. */
  readonly href: string;
  /** The page's cookies, as `document.cookie` gives them. */
  readonly cookie: () => string;
}

/** The page that this code runs in; `null` in a worker or in Node, where no cookies can be read. */
export function currentHostPage(): HostPage | null {
  if (typeof document === 'undefined' || typeof location === 'undefined') return null;
  return {href: document.baseURI, cookie: () => document.cookie};
}

/**
 * The value of Laravel's `XSRF-TOKEN` cookie, decoded, to be sent back as `X-XSRF-TOKEN`. `null` where there is none, and for a `url` on
 * another site than the page's: with this value another site could forge requests. As with cookies, the port does not matter.
 */
export function xsrfTokenFor(url: string, page: HostPage | null): string | null {
  if (!page || !isSameSite(url, page.href)) return null;
  const value = /(?:^|;)\s*XSRF-TOKEN=([^;]+)/.exec(readCookie(page))?.[1];
  if (value === undefined) return null;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** In a sandboxed frame, reading the cookies throws; it counts as having none. */
function readCookie(page: HostPage): string {
  try {
    return page.cookie();
  } catch {
    return '';
  }
}

/** Whether both are on one host, or on related ones, such as `example.com`, `app.example.com` and `api.example.com`. */
function isSameSite(url: string, base: string): boolean {
  if (!URL.canParse(url, base)) return false;
  const here = new URL(base);
  const there = new URL(url, base);
  if (there.protocol !== here.protocol || here.hostname === '') return false;
  return isWithin(there.hostname, parentOf(here.hostname)) || isWithin(here.hostname, parentOf(there.hostname));
}

function isWithin(host: string, parent: string): boolean {
  return host === parent || (parent.includes('.') && host.endsWith(`.${parent}`));
}

/** The parent domain; the host itself where the parent is a top-level domain, and for an IP address. */
function parentOf(host: string): string {
  const parent = host.slice(host.indexOf('.') + 1);
  return parent.includes('.') && !/^[\d.]+$|^\[/.test(host) ? parent : host;
}
