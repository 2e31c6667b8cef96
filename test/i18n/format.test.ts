import {expect} from '@open-wc/testing';
import {english, formatDay, formatSize, formatTime} from '../../src/i18n/index.js';

describe('formats', () => {
  const now = new Date(2026, 4, 20, 12).getTime();

  it('name a day as shortly as may be', () => {
    expect(formatDay(english, new Date(2026, 4, 20, 0, 1), now)).to.equal('Today');
    expect(formatDay(english, new Date(2026, 4, 19, 23, 59), now)).to.equal('Yesterday');
    expect(formatDay(english, new Date(2026, 4, 16), now)).to.equal('Saturday');
    expect(formatDay(english, new Date(2025, 0, 2), now)).to.contain('2025');
  });

  it('say nothing of a date that is none', () => {
    const none = new Date(Number.NaN);
    expect(formatDay(english, none, now)).to.equal('');
    expect(formatTime('en', none)).to.equal('');
  });

  it('choose the unit of a size', () => {
    expect(formatSize('en', 0)).to.match(/^0 byte/);
    expect(formatSize('en', 1_400_000)).to.equal('1.4 MB');
  });
});
