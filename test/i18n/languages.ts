import type {Strings} from '../../src/i18n/index.js';
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

/** Every language that comes as a file of its own. English is built in. */
export const LANGUAGES: readonly Strings[] = [
  arabic,
  german,
  spanish,
  french,
  hindi,
  japanese,
  portuguese,
  russian,
  turkish,
  uzbek,
  chinese,
  traditionalChinese,
];
