import type {Clock} from './clock.js';

const LONGEST_WAIT = 24 * 60 * 60 * 1000;

/** The text of an answer; `null` where it has more than `limit` bytes. The rest is then not read. */
export async function readText(response: Response, limit: number): Promise<string | null> {
  // A `fetch` that the page has put in place of the browser's may know no streams.
  if (!response.body) return response.text();
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > limit) {
      reader.cancel().catch(() => undefined);
      return null;
    }
    text += decoder.decode(part.value, {stream: true});
  }
  return text + decoder.decode();
}

/** `Retry-After` (RFC 9110, 10.2.3: seconds, or a date) in ms from now, at most a day; `null` where it is missing or invalid. */
export function readRetryAfter(headers: Headers, clock: Clock): number | null {
  const text = headers.get('Retry-After')?.trim() ?? '';
  // The date is by the server's clock, so it is compared with the server's time: ours may be wrong by hours.
  const now = Date.parse(headers.get('Date') ?? '') || clock.now();
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), LONGEST_WAIT);
}
