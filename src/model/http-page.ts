/** What a request needs to know of the page it is made from. */
export interface HostPage {
  /** The address of the page: what relative URLs start from. */
  readonly href: string;
  /** The page's cookies, as `document.cookie` gives them. */
  readonly cookie: () => string;
}

/** The page this runs in; `null` in a worker or in Node, where cookies cannot be read. */
export function currentHostPage(): HostPage | null {
  if (typeof document === 'undefined' || typeof location === 'undefined') return null;
  return {href: document.baseURI, cookie: () => document.cookie};
}

/**
 * What goes back to Laravel as `X-XSRF-TOKEN`: its `XSRF-TOKEN` cookie, decoded. `null` where there is none, and where `url` is of
 * another site than the page: whoever has it can forge this person's requests. The port does not matter, as it does not to cookies.
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

/** A sandboxed frame may not read its cookies, and then has none. */
function readCookie(page: HostPage): string {
  try {
    return page.cookie();
  } catch {
    return '';
  }
}

/** One host, or two of one family, as `example.com`, `app.example.com` and `api.example.com`. */
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

/** The name above; the same name where what is above belongs to nobody in particular, and where it is an address. */
function parentOf(host: string): string {
  const parent = host.slice(host.indexOf('.') + 1);
  return parent.includes('.') && !/^[\d.]+$|^\[/.test(host) ? parent : host;
}
