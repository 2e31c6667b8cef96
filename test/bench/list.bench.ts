/**
 * What one more message costs a list of 1,000 and of 100,000: run in a browser by the test runner, and printed as a ratio.
 *
 * A bench and not a test: its name keeps it out of `npm test`. Run with
 * `BROWSERS=chromium npx wtr --config test/web-test-runner.config.js --files test/bench/list.bench.ts`.
 */
import {expect, fixture, html} from '@open-wc/testing';
import '../../src/define/chat-message-list.js';
import type {ChatMessageListElement} from '../../src/elements/chat-message-list.js';
import {message, messages, variedText} from '../elements/messages.js';

const APPENDS = 200;

/** The median time of one append until it is laid out, and of a batch of 1,000, in ms. */
async function measure(count: number): Promise<{readonly append: number; readonly batch: number; readonly rows: number}> {
  const list = await fixture<ChatMessageListElement>(html`<chat-message-list current-user-id="1"></chat-message-list>`);
  list.style.blockSize = '600px';
  list.messages = messages(1, count, (n) => ({content: variedText(n)}));
  await list.updateComplete;
  const times: number[] = [];
  for (let i = 1; i <= APPENDS; i++) {
    const start = performance.now();
    list.append([message(count + i, {content: variedText(i)})]);
    await list.updateComplete;
    times.push(performance.now() - start);
  }
  const start = performance.now();
  list.append(messages(count + APPENDS + 1, count + APPENDS + 1000, (n) => ({content: variedText(n)})));
  await list.updateComplete;
  const batch = performance.now() - start;
  times.sort((a, b) => a - b);
  return {append: times[APPENDS / 2] ?? 0, batch, rows: list.shadowRoot!.querySelectorAll('[part="row"]').length};
}

describe('one more message', () => {
  it('costs a list of 100,000 what it costs a list of 1,000', async function () {
    this.timeout(120_000);
    await measure(1000);
    const small = await measure(1000);
    const large = await measure(100_000);
    const ratio = large.append / small.append;
    // eslint-disable-next-line no-console -- a bench is there to print
    console.log(
      `append: ${small.append.toFixed(2)} ms at 1,000, ${large.append.toFixed(2)} ms at 100,000, ratio ${ratio.toFixed(2)}; ` +
        `batch of 1,000: ${small.batch.toFixed(1)} ms and ${large.batch.toFixed(1)} ms; rows ${small.rows} and ${large.rows}`,
    );
    expect(ratio).to.be.lessThan(2);
  });
});
