import {expect} from '@open-wc/testing';
import {LinkifyIt} from 'linkify-it';
import {textTokens} from '../../src/behaviors/text-tokens.js';

describe('textTokens()', () => {
  const links = (text: string): string[] => textTokens(text).flatMap((token) => (token.type === 'link' ? [token.href] : []));
  const hosts = (text: string) => textTokens(text).flatMap((token) => (token.type === 'link' ? [token.host] : []));

  const found: readonly (readonly [text: string, ...hrefs: string[]])[] = [
    ['https://example.com', 'https://example.com/'],
    ['HTTP://Example.COM/A', 'http://example.com/A'],
    ['(see https://example.com/a_(b))', 'https://example.com/a_(b)'],
    ['https://example.com/a.', 'https://example.com/a'],
    ['"https://example.com/a"', 'https://example.com/a'],
    ['<https://example.com/a>', 'https://example.com/a'],
    ['https://example.com/a,https://example.com/b', 'https://example.com/a,https://example.com/b'],
    ['https://example.com/ä?ö=ü#ß', 'https://example.com/%C3%A4?%C3%B6=%C3%BC#%C3%9F'],
    ['http://localhost:8080/x', 'http://localhost:8080/x'],
    ['http://[::1]:3000/', 'http://[::1]:3000/'],
    ['http://192.168.0.1', 'http://192.168.0.1/'],
    ['www.example.com/x!', 'https://www.example.com/x'],
    ['write to ana@example.com, or ben.b+c@mail.example.co.uk.', 'mailto:ana@example.com', 'mailto:ben.b+c@mail.example.co.uk'],
    ['mailto:ana@example.com', 'mailto:ana@example.com'],
    ['ana@example.com.Дальше', 'mailto:ana@example.com'],
    // Languages without spaces between words, or with words that are written together.
    ['一https://example.com/一', 'https://example.com/%E4%B8%80'],
    ['こちらのサーバーhttps://example.com/a', 'https://example.com/a'],
    ['ดูที่นี่www.example.com', 'https://www.example.com/'],
    ['وhttps://example.com/a', 'https://example.com/a'],
    ['邮箱ana@example.com谢谢', 'mailto:ana@example.com'],
    ['看https://example.com很好', 'https://example.com/'],
    ['https://example.com/a?b=1을 보세요', 'https://example.com/a?b=1'],
    ['www.example.com、mailto:ana@example.comまで', 'https://www.example.com/', 'mailto:ana@example.com'],
    [
      'https://例え.jp/wiki/日本_東京?q=富士',
      'https://xn--r8jz45g.jp/wiki/%E6%97%A5%E6%9C%AC_%E6%9D%B1%E4%BA%AC?q=%E5%AF%8C%E5%A3%AB',
    ],
    ['https://example.com/wiki/القاهرة', 'https://example.com/wiki/%D8%A7%D9%84%D9%82%D8%A7%D9%87%D8%B1%D8%A9'],
    ['见 https://example.com/，好', 'https://example.com/'],
    ['„https://example.com/a“, sagt sie', 'https://example.com/a'],
    ['»https://example.com/a« ‚https://example.com/b‘', 'https://example.com/a', 'https://example.com/b'],
    [
      'انظر https://example.com/a، ثم https://example.com/b؛ هل https://example.com/c؟',
      ...'abc'.split('').map((name) => `https://example.com/${name}`),
    ],
    ['देखें https://example.com/a।', 'https://example.com/a'],
    // Marks of direction, as apps put them around an address.
    ['\u2068https://example.com\u2069', 'https://example.com/'],
    ['\u200ehttps://example.com\u200e (link)', 'https://example.com/'],
    ['www.example.com\u200f', 'https://www.example.com/'],
    ['https://example.com/a\u202egnp.exe', 'https://example.com/a'],
    ['a\nhttps://a.example\thttps://b.example', 'https://a.example/', 'https://b.example/'],
  ];
  for (const [text, ...hrefs] of found) {
    it(`finds ${hrefs.length} in ${JSON.stringify(text)}`, () => expect(links(text)).to.deep.equal(hrefs));
  }

  const none = [
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://example.com',
    'https://',
    'http://?',
    'https:///',
    'xhttps://example.com',
    'яhttps://example.com',
    'éwww.example.com',
    'éana@example.com',
    'ana@example.comя',
    'www.',
    'www.example',
    'www..com',
    '@example.com',
    'ana@',
    'ana@example',
    'a@b.c',
    'mailto:',
    'mailto:ana',
    'http://exam\u202eple.com',
    'http://\u2066example.com\u2069/a',
    'https://%zz.example',
    'version 1.2.3 of example.com',
  ];
  for (const text of none) {
    it(`finds none in ${JSON.stringify(text)}`, () => expect(links(text)).to.deep.equal([]));
  }

  it('tells the real host where the text shows another', () => {
    expect(hosts('https://google.com@evil.example/')).to.deep.equal(['evil.example']);
    expect(hosts('https://pаypal.com/')).to.deep.equal(['xn--pypal-4ve.com']);
    expect(hosts('http://0x7f.1/')).to.deep.equal(['127.0.0.1']);
    expect(hosts('https://ex%61mple.com/')).to.deep.equal(['example.com']);
    expect(hosts('https://EXAMPLE.com:8443/a@b')).to.deep.equal([null]);
    expect(hosts('www.example.com')).to.deep.equal([null]);
  });

  it('keeps every character of the text', () => {
    for (const text of ['', ' ', 'a https://b.example c', 'x'.repeat(50_000), 'https://a.example '.repeat(200)]) {
      expect(
        textTokens(text)
          .map((token) => token.text)
          .join(''),
      ).to.equal(text);
    }
  });

  it('makes no more than fifty links, and looks no farther than 20,000 characters', () => {
    expect(links('https://a.example '.repeat(200))).to.have.length(50);
    expect(links(`${'x '.repeat(10_000)}https://a.example`)).to.have.length(0);
    for (const before of [19_985, 19_995])
      expect(links(`${' '.repeat(before)}https://a.example`), 'cut in two').to.have.length(0);
    expect(links(`${' '.repeat(19_990)}ana@example.com`), 'cut in two').to.have.length(0);
  });

  it('makes no link of what goes on behind the end of what is shown', () => {
    const text = 'see https://a.example/path and https://b.example';
    for (let end = 0; end <= text.length; end++) {
      const tokens = textTokens(text, end);
      expect(tokens.map((token) => token.text).join(''), String(end)).to.equal(text.slice(0, end));
      const whole = ['https://a.example/path', 'https://b.example'].filter((link) => text.indexOf(link) + link.length <= end);
      expect(
        tokens.flatMap(({type, text: shown}) => (type === 'link' ? [shown] : [])),
        String(end),
      ).to.deep.equal(whole);
    }
  });

  it('agrees with linkify-it on plain addresses in running text', () => {
    const oracle = new LinkifyIt({fuzzyLink: false});
    const words = [
      'see',
      'https://example.com/path?x=1&y=2#z',
      '(https://example.org/a)',
      'ana@example.com',
      'http://b.example:81',
      'and,',
      'https://en.example/wiki/A_(b)',
      '"https://c.example/"',
      'https://d.example/e',
      'mailto:f@example.com',
    ];
    for (let a = 0; a < words.length; a++) {
      for (let b = 0; b < words.length; b++) {
        const text = `${words[a]} ${words[b]}. ${words[(a + b) % words.length]}`;
        const expected = (oracle.match(text) ?? []).map((match) => match.raw);
        const ours = textTokens(text).flatMap((token) => (token.type === 'link' ? [token.text] : []));
        expect(ours, text).to.deep.equal(expected);
      }
    }
  });

  it('does work in proportion to the length of a text made to be slow', () => {
    const patterns = ['a@', 'a@b.', 'http://', 'www.', 'mailto:', 'https://a(', ')', 'a.', '@@', 'https://x\u202e', '[](', 'h'];
    for (const pattern of patterns) {
      const text = pattern.repeat(100_000 / pattern.length);
      const reads = countedReads(() => textTokens(text));
      // Each character is tested a bounded number of times: at most once for each of the 64 that may stand before an @, and a few more.
      expect(reads, pattern).to.be.below(20_000 * 400);
    }
  });
});

/** How many times a regular expression was asked while something ran. */
function countedReads(run: () => void): number {
  const {test} = RegExp.prototype;
  let reads = 0;
  RegExp.prototype.test = function (this: RegExp, text: string): boolean {
    reads += 1;
    return test.call(this, text);
  };
  try {
    run();
  } finally {
    RegExp.prototype.test = test;
  }
  return reads;
}
