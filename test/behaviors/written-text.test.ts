import {expect} from '@open-wc/testing';
import {refusalOf} from '../../src/behaviors/file-rules.js';
import {cleanText, hasControls, lengthOf} from '../../src/behaviors/written-text.js';

describe('cleanText', () => {
  it('leaves out control characters and keeps line breaks, tabs and marks of direction', () => {
    expect(cleanText('  a\u0000b\u0007\r\nc\td\u200f\u2067e\u2069 ')).to.equal('ab\nc\td\u200f\u2067e\u2069');
  });

  it('leaves out what turns the direction of all that follows', () => {
    expect(cleanText('exe.\u202Egpj')).to.equal('exe.gpj');
  });

  it('makes a text of nothing but spaces empty', () => {
    expect(cleanText(' \n\t\u00a0 ')).to.equal('');
  });

  it('replaces half a character', () => {
    expect(cleanText('a\ud83d')).to.equal('a\ufffd');
  });
});

describe('hasControls', () => {
  it('knows what will be left out from what is only spaces', () => {
    expect(hasControls('a\u0000')).to.equal(true);
    expect(hasControls(' a\r\nb\t')).to.equal(false);
  });
});

describe('lengthOf', () => {
  it('counts an emoji once', () => {
    expect(lengthOf('a🎉b')).to.equal(3);
  });
});

describe('refusalOf', () => {
  const file = new File(['12345'], 'A.PNG', {type: 'image/png'});

  it('takes what fits, by kind, type or ending', () => {
    for (const accept of ['', '*/*', 'image/*', 'application/pdf, image/png', '.png']) {
      expect(refusalOf(file, {accept, maxSize: 5}), accept).to.equal(null);
    }
  });

  it('says whether the kind or the size is at fault', () => {
    expect(refusalOf(file, {accept: '.pdf', maxSize: 5})).to.equal('kind');
    expect(refusalOf(file, {accept: 'image/*', maxSize: 4})).to.equal('size');
  });
});
