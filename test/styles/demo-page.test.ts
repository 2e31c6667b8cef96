import {expect} from '@open-wc/testing';

/** The demo page without its script, in a window of its own, with a box where a conversation would be. */
async function openIn(width: number, height: number): Promise<Document> {
  const read = async (name: string): Promise<string> => (await fetch(new URL(`../../demo/page/${name}`, import.meta.url))).text();
  const page = new DOMParser().parseFromString(await read('index.html'), 'text/html');
  for (const element of page.querySelectorAll('script, link')) element.remove();
  const style = page.createElement('style');
  style.textContent = await read('page.css');
  page.head.append(style);
  page.querySelector('#stage')!.innerHTML = `
    <section class="person"><h2>This is Ali</h2><chat-connection><chat-conversation></chat-conversation></chat-connection></section>
  `;
  const frame = document.createElement('iframe');
  frame.width = String(width);
  frame.height = String(height);
  frame.srcdoc = page.documentElement.outerHTML;
  document.body.append(frame);
  await new Promise((resolve) => frame.addEventListener('load', resolve, {once: true}));
  return frame.contentDocument!;
}

describe('the demo page', () => {
  afterEach(() => document.querySelector('iframe')?.remove());

  it('scrolls nothing sideways at 320 px, and leaves the conversation the whole window at 400 %', async () => {
    const page = await openIn(320, 256);
    const wide = [...page.querySelectorAll('*')].filter(
      (element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth && !element.closest('label, legend'),
    );
    expect(wide.map(({className, localName}) => className || localName)).to.deep.equal([]);
    const {height} = page.querySelector('chat-conversation')!.getBoundingClientRect();
    expect(height).to.be.at.least(256);
  });

  it('has the words of a switch in the middle of it', async () => {
    const page = await openIn(1120, 640);
    for (const label of page.querySelectorAll('.choice label')) {
      const words = page.createRange();
      words.selectNodeContents(label.querySelector('span')!);
      const [text, box] = [words, label].map((each) => each.getBoundingClientRect());
      expect(text!.top - box!.top, label.textContent).to.be.closeTo(box!.bottom - text!.bottom, 1);
    }
  });
});
