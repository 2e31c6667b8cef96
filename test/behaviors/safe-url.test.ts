import {expect} from '@open-wc/testing';
import {safeFileUrl, safeImageUrl, trustImagesFrom} from '../../src/behaviors/safe-url.js';

const PIXEL = 'data:image/png;base64,iVBORw0KGgo=';

describe('safeImageUrl()', () => {
  it('lets pictures of the page through, made absolute, and those that bring themselves along', () => {
    const own = URL.createObjectURL(new Blob(['x']));
    expect(safeImageUrl('/a.png')).to.equal(`${location.origin}/a.png`);
    expect(safeImageUrl(own)).to.equal(own);
    expect(safeImageUrl(PIXEL)).to.equal(PIXEL);
    URL.revokeObjectURL(own);
  });

  it('lets none through that would tell a stranger, or that may hold a script', () => {
    for (const url of [
      'https://stranger.example/a.png',
      '//stranger.example/a.png',
      'blob:https://stranger.example/1',
      'blob:null/1',
      'data:image/svg+xml,<svg/>',
      'data:text/html,x',
      'javascript:alert(1)',
      'file:///a.png',
      'ftp://stranger.example/a.png',
      'https://',
      '',
      null,
      undefined,
      5 as unknown as string,
    ]) {
      expect(safeImageUrl(url), String(url)).to.equal(null);
    }
  });

  it('lets those of an origin through that the page trusts, and of no other', () => {
    for (const useless of ['', 'https://', 'data:,x', 'file:///a']) trustImagesFrom(useless);
    trustImagesFrom('https://api.trusted.example/chat');
    expect(safeImageUrl('https://api.trusted.example/a.png')).to.equal('https://api.trusted.example/a.png');
    for (const url of ['http://api.trusted.example/a.png', 'https://trusted.example/a.png', 'blob:null/1', 'file:///a.png']) {
      expect(safeImageUrl(url), url).to.equal(null);
    }
  });
});

describe('safeFileUrl()', () => {
  it('lets what a link may lead to through, made absolute, from wherever', () => {
    expect(safeFileUrl('a.pdf')).to.equal(new URL('a.pdf', document.baseURI).href);
    expect(safeFileUrl('https://files.example/a')).to.equal('https://files.example/a');
    expect(safeFileUrl('blob:https://files.example/1')).to.equal('blob:https://files.example/1');
  });

  it('lets nothing else through', () => {
    for (const url of [
      'javascript:alert(1)',
      ' java\nscript:alert(1)',
      'data:text/html,x',
      'file:///a',
      'https://',
      '',
      null,
      undefined,
    ]) {
      expect(safeFileUrl(url), String(url)).to.equal(null);
    }
  });
});
