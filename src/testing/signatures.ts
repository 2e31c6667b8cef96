/** What a signature lets through: one socket into one channel, as one person. */
export interface SignedRequest {
  readonly socketId: string;
  readonly channel: string;
  readonly channelData: string | null;
}

/**
 * Signs, and knows its own signatures again. A real server computes an HMAC; one that lives in the same memory only has to
 * remember what it gave out, which is as strict and needs no cryptography.
 */
export class Signatures {
  readonly #given = new Map<string, string>();
  readonly #appKey: string;

  constructor(appKey: string) {
    this.#appKey = appKey;
  }

  sign(request: SignedRequest): string {
    const signature = `${this.#appKey}:signature-${this.#given.size + 1}`;
    this.#given.set(signature, contentOf(request));
    return signature;
  }

  verify(signature: unknown, request: SignedRequest): boolean {
    return typeof signature === 'string' && this.#given.get(signature) === contentOf(request);
  }
}

function contentOf({socketId, channel, channelData}: SignedRequest): string {
  return JSON.stringify([socketId, channel, channelData]);
}
