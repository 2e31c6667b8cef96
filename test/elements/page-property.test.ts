/**
 * Whatever happened to the elements of a page, they show what new ones show in their places, and what was sent is there once.
 * `?runs=N` and `?seed=N` at the end of the page's address decide how often, and on what.
 */
import {expect, waitUntil} from '@open-wc/testing';
import fc from 'fast-check';
import {collectWarnings} from '../support/warnings.js';
import {ALL_DEEDS, PageScene, pictureOf, type Step} from './page-scene.js';

const {searchParams} = new URL(location.href);
const RUNS = Number(searchParams.get('runs') ?? 3);
const SEED = Number(searchParams.get('seed') ?? 1);

const step: fc.Arbitrary<Step> = fc.record({
  deed: fc.constantFrom(...ALL_DEEDS),
  which: fc.nat({max: 59}),
  what: fc.nat({max: 59}),
});

/** How often what was sent is on the server, in one of the lists, or still in a composer. */
function placesOf(
  content: string,
  {server, clients, conversations}: PageScene,
): {readonly stored: number; readonly kept: boolean} {
  const ids = [9, 10, 11, 404];
  const stored = ids.slice(0, 3).flatMap((id) => server.messages(id).filter((message) => message.content === content)).length;
  const logs = clients.flatMap((client) => ids.map((id) => client.conversation(id).messages));
  const listed = logs.some((log) => log.slice(0, log.size).some((message) => message.content === content));
  const typed = conversations.some((one) => one.shadowRoot?.querySelector('chat-composer')?.value === content);
  return {stored, kept: listed || typed};
}

async function holds(steps: readonly Step[]): Promise<void> {
  const page = new PageScene();
  const warnings = collectWarnings();
  try {
    for (const one of steps) await page.take(one);
    await page.calm();
    for (const [i, element] of page.elements.entries()) {
      const double = await page.double(element);
      const pictures = (): string[] => [element, double].map((one) => pictureOf(one).replace(/\s+/gu, ' ').trim());
      // An element waits a second for its connection before it says that there is none.
      await waitUntil(() => new Set(pictures()).size === 1, 'not the same', {timeout: 5000}).catch(() => undefined);
      const [seen, expected] = pictures();
      expect(seen, `${element.localName} ${i}`).to.equal(expected);
      double.remove();
    }
    for (const content of page.sent) {
      const {stored, kept} = placesOf(content, page);
      expect(stored, `${content} on the server`).to.be.at.most(1);
      expect(stored === 1 || kept, `${content} on the server, in a list or in a composer`).to.equal(true);
    }
    page.root.remove();
    for (const client of page.clients) client.dispose();
    await page.server.settle();
    expect(page.server.socketIds, 'sockets that are left').to.deep.equal([]);
  } finally {
    warnings.restore();
    page.dispose();
  }
}

describe('a page, after anything', function () {
  this.timeout(300_000);

  it(`shows what a new page shows (seed ${SEED})`, async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, {minLength: 30, maxLength: 60, size: 'max'}), holds), {
      numRuns: RUNS,
      seed: SEED,
      endOnFailure: true,
      includeErrorInReport: true,
    });
  });
});
