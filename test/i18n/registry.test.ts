import {expect} from '@open-wc/testing';
import {english, registerLocale, stringsFor, type StringsInput} from '../../src/i18n/index.js';
import {german} from '../../src/i18n/locales/de.js';
import {chinese} from '../../src/i18n/locales/zh.js';
import {traditionalChinese} from '../../src/i18n/locales/zh-Hant.js';

describe('the registry', () => {
  it('falls back from a variant to its language, and from there to English', () => {
    registerLocale(german);
    expect(stringsFor('de-AT')).to.include({locale: 'de', send: 'Senden'});
    expect(stringsFor('de_AT'), 'as Laravel writes it').to.include({locale: 'de'});
    expect(stringsFor('xx')).to.equal(english);
  });

  it('shows Chinese in the characters of the region, or in those there are', () => {
    const traditional = ['zh-TW', 'zh_TW', 'zh-hk', 'zh-MO', 'zh-Hant', 'zh-Hant-HK', 'zh-cmn-Hant', 'zh-cmn-Hant-TW'];
    const simplified = ['zh', 'zh-CN', 'zh_SG', 'zh-Hans', 'zh-Hans-HK', 'zh-cmn-Hans', 'zh-cmn-Hans-CN'];
    registerLocale(chinese);
    for (const locale of [...traditional, ...simplified]) expect(stringsFor(locale), locale).to.include({send: '发送'});
    registerLocale(traditionalChinese);
    for (const locale of traditional) expect(stringsFor(locale), locale).to.include({send: '傳送', locale: 'zh-Hant'});
    for (const locale of simplified) expect(stringsFor(locale), locale).to.include({send: '发送', locale: 'zh'});
  });

  it('begins the words of a region with those in its characters', () => {
    registerLocale(traditionalChinese);
    registerLocale({locale: 'zh-HK', send: '發送'});
    for (const locale of ['zh-HK', 'zh_hk']) {
      expect(stringsFor(locale), locale).to.include({send: '發送', back: '返回', close: '關閉', locale: 'zh-HK'});
    }
    expect(stringsFor('zh-TW')).to.include({send: '傳送'});
  });

  it('keeps apart what other languages say in such a region', () => {
    registerLocale({locale: 'en-HK', send: 'Go'});
    expect(stringsFor('en_HK')).to.include({send: 'Go', locale: 'en-HK'});
    expect(stringsFor('en-MO')).to.equal(english);
  });

  it('fills what an unknown language leaves out with English', () => {
    registerLocale({locale: 'tlh', send: 'yIngeH'});
    expect(stringsFor('tlh')).to.include({send: 'yIngeH', back: 'Back'});
  });

  it('leaves a word as it is that is handed in as undefined, in a group too', () => {
    const missing = {send: undefined, newBelow: undefined, status: undefined, problems: {server: undefined}};
    registerLocale({locale: 'tlh-x-half', ...missing} as unknown as StringsInput);
    expect(stringsFor('tlh-x-half')).to.deep.equal({...stringsFor('tlh'), locale: 'tlh-x-half'});
  });

  it('takes a locale as Laravel writes it, and hands it on as browsers do', () => {
    registerLocale({locale: 'tlh_Latn', send: 'yIngeH'});
    expect(stringsFor('tlh_Latn')).to.include({send: 'yIngeH', locale: 'tlh-Latn'});
    expect(stringsFor('tlh-latn')).to.include({send: 'yIngeH'});
  });

  it('changes single words of a language, those within a group too, and keeps the rest', () => {
    registerLocale(german);
    registerLocale({locale: 'de', send: 'Los', status: {read: 'Gesehen'}, newBelow: (count) => `${count} neu`});
    expect(stringsFor('de')).to.include({send: 'Los', back: 'Zurück', locale: 'de'});
    expect(stringsFor('de').status).to.deep.equal({...german.status, read: 'Gesehen'});
    expect(stringsFor('de').newBelow(2)).to.equal('2 neu');
    registerLocale(german);
    expect(stringsFor('de')).to.deep.equal(german);
  });

  it('begins a variant with the words of its language', () => {
    registerLocale(german);
    registerLocale({locale: 'de-CH', today: 'Hüt'});
    expect(stringsFor('de-CH')).to.include({locale: 'de-CH', today: 'Hüt', send: 'Senden'});
    expect(stringsFor('de')).to.include({locale: 'de', today: 'Heute'});
  });

  it('changes English no differently', () => {
    registerLocale({locale: 'en', problems: {server: 'Oh dear.'}});
    expect(stringsFor('en').problems).to.include({server: 'Oh dear.', timeout: english.problems.timeout});
    registerLocale(english);
    expect(stringsFor('en')).to.deep.equal(english);
  });

  it('shows English with the words that the page has changed also where nobody has registered the language', () => {
    registerLocale({locale: 'en', send: 'Ask'});
    expect(stringsFor('xx')).to.include({locale: 'en', send: 'Ask'});
    expect(stringsFor('')).to.include({send: 'Ask'});
    registerLocale(english);
  });
});
