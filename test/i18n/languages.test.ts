import {expect} from '@open-wc/testing';
import {english, formatNumber, type Strings} from '../../src/i18n/index.js';
import {arabic} from '../../src/i18n/locales/ar.js';
import {german} from '../../src/i18n/locales/de.js';
import {spanish} from '../../src/i18n/locales/es.js';
import {french} from '../../src/i18n/locales/fr.js';
import {hindi} from '../../src/i18n/locales/hi.js';
import {japanese} from '../../src/i18n/locales/ja.js';
import {portuguese} from '../../src/i18n/locales/pt.js';
import {russian} from '../../src/i18n/locales/ru.js';
import {turkish} from '../../src/i18n/locales/tr.js';
import {uzbek} from '../../src/i18n/locales/uz.js';
import {chinese} from '../../src/i18n/locales/zh.js';
import {traditionalChinese} from '../../src/i18n/locales/zh-Hant.js';
import {LANGUAGES} from './languages.js';

const keysOf = (strings: object): string[] =>
  Object.entries<unknown>(strings as Record<string, unknown>).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? [key, ...keysOf(value).map((inner) => `${key}.${inner}`)] : [key],
  );

/** Every sentence of a language, with the same names and numbers put in. */
function sentences(strings: Strings): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  const collect = (path: string, value: unknown): void => {
    if (typeof value === 'string') said.set(path, value);
    else if (typeof value === 'function') said.set(path, (value as (...args: unknown[]) => string)(...argumentsOf(path)));
    else for (const [key, inner] of Object.entries<unknown>(value as Record<string, unknown>)) collect(`${path}.${key}`, inner);
  };
  const {locale: _, direction: __, date: ___, ...words} = strings;
  for (const [key, value] of Object.entries<unknown>(words)) collect(key, value);
  return said;
}

function argumentsOf(path: string): readonly unknown[] {
  if (path === 'people' || path === 'typing') return [['Ada', 'Ben'], 3];
  if (path === 'arrived') return ['Ada', 'Hello'];
  if (path === 'reaction') return ['👍', 3];
  if (path === 'tooLong') return [3, 4000];
  if (path === 'attachment' || path === 'fileTooLarge') return ['a.png', '10 MB'];
  return ['removeFile', 'fileNotAccepted', 'repliedTo', 'notSent'].includes(path) ? ['Ada'] : [3];
}

/** A number as the language writes it, which for Uzbek is as in Russian: Chrome has no numbers for it. */
const numberIn = ({locale}: Strings, n: number): string => formatNumber(locale === 'uz' ? 'ru' : locale, n);

const COUNTED = ['newBelow', 'newWhileAway', 'charactersLeft', 'noAnswerAfter', 'retryIn'] as const;

describe('the words', () => {
  for (const strings of LANGUAGES) {
    describe(`in ${strings.locale}`, () => {
      it('are complete', () => {
        const {date: _, ...words} = strings;
        expect(keysOf(words)).to.have.members(keysOf(english));
      });

      it('are not English', () => {
        const said = sentences(strings);
        const same = [...sentences(english)].filter(([path, words]) => said.get(path) === words).map(([path]) => path);
        // Name and colon, name and comma: most languages put them alike.
        expect(same.filter((path) => path !== 'arrived' && path !== 'attachment')).to.deep.equal([]);
      });

      it('put in what they are given', () => {
        const said = sentences(strings);
        for (const path of ['people', 'typing', 'arrived', 'removeFile', 'fileNotAccepted', 'repliedTo', 'notSent'])
          expect(said.get(path), path).to.contain('Ada');
        expect(said.get('tooLong')).to.contain(numberIn(strings, 4000));
        expect(said.get('fileTooLarge')).to.contain('10 MB');
        for (const [path, words] of said) expect(words, path).not.to.match(/#|undefined|NaN|\$\{/u);
      });

      it('call the field by what stands in it, for those who say what they see', () => {
        expect(strings.composer.toLocaleLowerCase(strings.locale)).to.contain(
          strings.placeholder.toLocaleLowerCase(strings.locale),
        );
      });

      it('say a number in each form the language has', () => {
        for (const name of COUNTED) {
          for (const n of [3, 5, 12, 25, 100, 1_000_000]) {
            expect(strings[name](n), name).to.contain(numberIn(strings, n));
          }
        }
      });

      it('end sentences as the English ones do', () => {
        const said = sentences(strings);
        const isSentence = (words: string): boolean => /[.。।]$/u.test(words);
        const differing = [...sentences(english)].filter(([path, words]) => isSentence(words) !== isSentence(said.get(path)!));
        expect(differing.map(([path]) => path)).to.deep.equal([]);
      });
    });
  }

  const forms: Readonly<Record<string, Readonly<Record<number, string>>>> = {
    en: {1: '1 new message', 2: '2 new messages', 1200: '1,200 new messages'},
    uz: {1: '1 ta yangi xabar', 5: '5 ta yangi xabar', 1200: '1\u00a0200 ta yangi xabar'},
    ru: {
      1: '1 новое сообщение',
      3: '3 новых сообщения',
      5: '5 новых сообщений',
      11: '11 новых сообщений',
      21: '21 новое сообщение',
      112: '112 новых сообщений',
    },
    ar: {
      1: 'رسالة جديدة',
      2: 'رسالتان جديدتان',
      3: `${formatNumber('ar', 3)} رسائل جديدة`,
      11: `${formatNumber('ar', 11)} رسالة جديدة`,
      100: `${formatNumber('ar', 100)} رسالة جديدة`,
    },
    de: {1: '1 neue Nachricht', 2: '2 neue Nachrichten'},
    es: {1: '1 mensaje nuevo', 2: '2 mensajes nuevos', 1_000_000: '1.000.000 de mensajes nuevos'},
    fr: {
      0: '0 nouveau message',
      1: '1 nouveau message',
      2: '2 nouveaux messages',
      1_000_000: `${formatNumber('fr', 1_000_000)} de nouveaux messages`,
    },
    pt: {1: '1 nova mensagem', 2: '2 novas mensagens', 1_000_000: '1.000.000 de novas mensagens'},
    tr: {1: '1 yeni mesaj', 5: '5 yeni mesaj'},
    hi: {0: '0 नया संदेश', 1: '1 नया संदेश', 2: '2 नए संदेश'},
    ja: {1: '新着メッセージ1件', 5: '新着メッセージ5件'},
    zh: {1: '1 条新消息', 5: '5 条新消息'},
    'zh-Hant': {1: '1 則新訊息', 5: '5 則新訊息'},
  };

  for (const strings of [english, ...LANGUAGES]) {
    it(`follow the number in ${strings.locale}`, () => {
      const expected = forms[strings.locale]!;
      const said = Object.keys(expected).map((n) => [n, strings.newBelow(Number(n))]);
      expect(Object.fromEntries(said)).to.deep.equal(expected);
    });
  }

  const typing: Readonly<Record<string, readonly [one: string, more: string]>> = {
    en: ['Ada is typing', 'Ada, Ben and 1 other are typing'],
    uz: ['Ada yozmoqda', 'Ada, Ben va yana 1 kishi yozmoqda'],
    ru: ['Ada печатает', 'Ada, Ben и ещё 1 печатают'],
    ar: ['Ada: يكتب الآن', 'Ada وBen وشخص آخر: يكتبون الآن'],
    de: ['Ada schreibt', 'Ada, Ben und 1 weitere Person schreiben'],
    es: ['Ada está escribiendo', 'Ada, Ben y 1 persona más están escribiendo'],
    fr: ['Ada écrit', 'Ada, Ben et 1 autre personne écrivent'],
    pt: ['Ada está digitando', 'Ada, Ben e mais 1 pessoa estão digitando'],
    tr: ['Ada yazıyor', 'Ada, Ben ve 1 kişi daha yazıyor'],
    hi: ['Ada लिख रहे हैं', 'Ada, Ben, और 1 अन्य व्यक्ति लिख रहे हैं'],
    ja: ['Adaさんが入力中', 'Adaさん、Benさん、他1人が入力中'],
    zh: ['Ada正在输入', 'Ada、Ben和另外 1 人正在输入'],
    'zh-Hant': ['Ada正在輸入', 'Ada、Ben和其他 1 人正在輸入'],
  };

  for (const strings of [english, ...LANGUAGES]) {
    it(`say who is writing, and how many more, in ${strings.locale}`, () => {
      const [one, more] = typing[strings.locale]!;
      // Whether a comma stands before the last of a list is the browser's matter.
      const plain = (words: string): string => words.replaceAll(/,(?= (and|और)\b|, और)/gu, '').replace(', और', ' और');
      expect(strings.typing(['Ada'], 0)).to.equal(one);
      expect(plain(strings.typing(['Ada', 'Ben'], 1))).to.equal(plain(more));
    });
  }

  it('keep a number on one line with the sign for its unit', () => {
    const torn = [english, ...LANGUAGES].map(({retryIn}) => retryIn(5)).filter((words) => /\p{Nd} \S{1,4}(?: |$)/u.test(words));
    expect(torn).to.deep.equal([]);
  });

  it('decline who is answered where that is the person who reads', () => {
    const all = [german, spanish, arabic, hindi, japanese, uzbek, russian, french, portuguese, chinese];
    const said = all.map((strings) => strings.repliedTo(strings.you, true));
    expect(said).to.deep.equal([
      'Antwort an dich',
      'En respuesta a ti',
      'ردًّا عليك',
      'आपको जवाब',
      'あなたへの返信',
      'Sizga javob',
      'Ответ вам',
      'En réponse à vous',
      'Em resposta a você',
      '回复你',
    ]);
  });

  it('add no ending to a name that depends on how the name ends, in Uzbek', () => {
    expect(uzbek.repliedTo('Otabek', false)).to.equal('Javob: Otabek');
  });

  it('name how many more in few letters, for the line under a title', () => {
    const said = [german, spanish, french, portuguese].map((strings) => strings.people(['Ada'], 2));
    expect(said).to.deep.equal(['Ada und 2 weitere', 'Ada y 2 más', 'Ada et 2 autres', 'Ada e mais 2']);
  });

  it('decline nobody whose name is not known', () => {
    expect(german.repliedTo(german.unknownPerson, false)).to.equal('Antwort an Unbekannt');
    expect(hindi.repliedTo(hindi.unknownPerson, false)).to.equal('अज्ञात व्यक्ति को जवाब');
  });

  it('say of a failed message that it is deleted, where that is what the button does', () => {
    expect([arabic.discard, turkish.discard]).to.deep.equal(['حذف', 'Sil']);
  });

  it('call nobody by a title who has no name, in Japanese', () => {
    const {unknownPerson} = japanese;
    expect(japanese.people([unknownPerson, 'Ada'], 0)).to.equal('名前不明の人、Adaさん');
    expect(japanese.arrived(unknownPerson, 'x')).to.equal('名前不明の人：x');
    expect(japanese.repliedTo(unknownPerson, false)).to.equal('名前不明の人への返信');
  });

  it('are those of Taiwan in traditional Chinese, and not those of the mainland in other characters', () => {
    const said = [...sentences(traditionalChinese).values()].join(' ');
    expect(said).not.to.match(/[发这关闭读写录输试务错误览页网无连线载复个则]/u);
    expect(said).not.to.match(/消息|發送|文件|服務器|網絡|加載|標簽|默認|字符|回復/u);
  });

  it('call a state by what it is, not by what a button does or a lost connection is, where the session has ended', () => {
    expect([french, hindi].map(({states}) => states.unauthorized)).to.deep.equal(['Session fermée', 'आप साइन आउट हैं']);
  });

  it('are Spanish on both sides of the ocean', () => {
    const said = [...sentences(spanish).values()].join(' ');
    expect(said).not.to.match(/en directo|lleva este sitio/u);
  });

  it('say what was too much, in Japanese', () => {
    expect(japanese.problems['rate-limited']).to.equal('操作の回数が多すぎます。少しお待ちください。');
  });

  it('have a dual in Arabic, and decline it', () => {
    expect(arabic.typing(['Ada', 'Ben'], 0)).to.equal('Ada وBen: يكتبان الآن');
    expect(arabic.typing(['Ada'], 1)).to.equal('Ada وشخص آخر: يكتبان الآن');
    expect(arabic.tooLong(2, 4000)).to.contain('بمقدار حرفين.');
    expect(arabic.charactersLeft(2)).to.equal('المتبقي: حرفان');
  });
});
