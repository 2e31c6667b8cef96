/** What requests and answers are made of and read by. Browsers and Node have all of it. */
const NEEDED = ['ReadableStream', 'Request', 'Response', 'TextDecoder', 'TextEncoder'];

/** Throws where something of that is hidden: every answer would look like no network, and nothing would say why. */
export function checkEnvironment(): void {
  const missing = NEEDED.filter((name) => !(name in globalThis));
  if (missing.length === 0) return;
  throw new Error(
    `No server can be made without ${missing.join(', ')}, which Jest hides from tests in jsdom. Hand it on in a testEnvironment of your own: ` +
      'Object.assign(this.global, {ReadableStream, Request, Response, TextDecoder, TextEncoder}).',
  );
}
