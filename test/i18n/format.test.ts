import {expect} from '@open-wc/testing';
import {english, formatDay, formatMoment, formatSize, formatTime} from '../../src/i18n/index.js';
import {arabic} from '../../src/i18n/locales/ar.js';
import {uzbek} from '../../src/i18n/locales/uz.js';
import {travelTo} from '../support/travel.js';
import {LANGUAGES} from './languages.js';

describe('formats', () => {
  const now = new Date(2026, 4, 20, 12).getTime();
  const afternoon = new Date(2026, 4, 20, 14, 7);

  /** What the browser says that the person prefers. */
  const personReads = (...languages: string[]): void => {
    Object.defineProperty(navigator, 'languages', {configurable: true, value: languages});
  };
  afterEach(() => Reflect.deleteProperty(navigator, 'languages'));

  it('name a day as shortly as may be', () => {
    expect(formatDay(english, new Date(2026, 4, 20, 0, 1), now)).to.equal('Today');
    expect(formatDay(english, new Date(2026, 4, 19, 23, 59), now)).to.equal('Yesterday');
    expect(formatDay(english, new Date(2026, 4, 16), now)).to.equal('Saturday');
    expect(formatDay(english, new Date(2025, 0, 2), now)).to.contain('2025');
  });

  // Chrome has no words for dates in Uzbek, and says `2025 M01 2` and `Sat`.
  for (const strings of LANGUAGES) {
    it(`name days and months in ${strings.locale}, whatever the browser knows`, () => {
      const said = [new Date(2026, 4, 16), new Date(2026, 4, 2), new Date(2025, 0, 2)].map((date) =>
        formatDay(strings, date, now),
      );
      said.push(formatMoment(strings, new Date(2025, 0, 2, 15, 5)));
      expect(said.join(' ')).not.to.match(/M\d\d|Sat|Thu/u);
    });
  }

  it('are those of Uzbek in every browser', () => {
    expect(formatDay(uzbek, new Date(2026, 4, 16), now)).to.equal('shanba');
    expect(formatDay(uzbek, new Date(2026, 4, 2), now)).to.equal('shanba, 2-may');
    expect(formatDay(uzbek, new Date(2025, 0, 2), now)).to.equal('2-yanvar, 2025');
    expect(formatMoment(uzbek, new Date(2025, 0, 2, 15, 5))).to.equal('payshanba, 2-yanvar, 2025, 15:05');
  });

  it('write all numbers with the digits of the person, where a language has two kinds', () => {
    personReads('ar-EG', 'ar');
    const {locale, newBelow, charactersLeft, tooLong, retryIn} = arabic;
    const said = [formatTime(locale, afternoon), formatSize(locale, 1_400_000), newBelow(3), charactersLeft(20), retryIn(5)];
    for (const words of [...said, tooLong(3, 4000)]) expect(words).to.match(/[٠-٩]/u).and.not.match(/\d/u);
  });

  it('have the clock of the person, also with words that a page made for itself', () => {
    personReads('en-GB', 'en');
    for (const locale of ['en', 'en-x-support']) expect(formatTime(locale, afternoon)).to.equal('14:07');
    expect(formatTime('en-US', afternoon)).to.match(/^2:07\sPM$/u);
  });

  it('write the hour as the language does, with a nought before it or without', () => {
    const morning = new Date(2026, 4, 20, 9, 7);
    const said = ['en-US', 'en-GB', 'de', 'es', 'ja'].map((locale) => formatTime(locale, morning).replace(/\s/u, ' '));
    expect(said).to.deep.equal(['9:07 AM', '09:07', '09:07', '9:07', '9:07']);
  });

  it('have the clock of where the person has travelled to', () => {
    personReads('en-GB', 'en');
    // The offset of Berlin in summer is that of Helsinki in winter.
    for (const [zone, month, time] of [
      ['Asia/Tashkent', 4, '15:07'],
      ['Europe/London', 4, '11:07'],
      ['Europe/Berlin', 6, '12:07'],
      ['Europe/Helsinki', 0, '12:07'],
    ] as const) {
      const date = new Date(Date.UTC(2026, month, 20, 10, 7));
      const leave = travelTo(zone, date);
      try {
        expect(formatTime('en', date), zone).to.equal(time);
      } finally {
        leave();
      }
    }
  });

  it('say nothing of a date that is none', () => {
    const none = new Date(Number.NaN);
    expect(formatDay(english, none, now)).to.equal('');
    expect(formatDay(uzbek, none, now)).to.equal('');
    expect(formatTime('en', none)).to.equal('');
  });

  it('choose the unit of a size', () => {
    expect(formatSize('en', 0)).to.equal('0 bytes');
    expect(formatSize('en', 1)).to.equal('1 byte');
    expect(formatSize('en', 1_400_000)).to.equal('1.4 MB');
    expect(formatSize('en', 999)).to.equal('999 bytes');
    expect(formatSize('en', 999_949)).to.equal('999.9 kB');
    expect(formatSize('en', 999_950)).to.equal('1 MB');
    expect(formatSize('en', 999_950_000)).to.equal('1 GB');
  });
});
