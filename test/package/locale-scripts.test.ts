import assert from 'node:assert/strict';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {launch, type Browser} from 'puppeteer-core';
import {findShell} from '../tools/browsers.mjs';
import {LANGUAGES} from '../tools/locale-scripts.mjs';
import {dist} from './package-info.js';

const chromium = findShell();
const SCRIPT = 'ws-chat.js';

describe('the languages beside dist/ws-chat.js', {skip: chromium === null ? 'Chromium is missing' : false}, () => {
  let browser: Browser;

  before(async () => {
    browser = await launch({executablePath: chromium ?? '', headless: true, args: ['--no-sandbox', '--disable-gpu']});
  });

  after(() => browser.close());

  /** What the send button of a page in this language is called, with these scripts in this order. */
  async function nameOfSend(language: string, scripts: readonly string[]): Promise<unknown> {
    const page = await browser.newPage();
    await page.setContent(`<!doctype html><html lang="${language}"><chat-composer></chat-composer>`);
    for (const name of scripts) await page.addScriptTag({path: join(dist, name)});
    const name = await page.evaluate(`document.querySelector('chat-composer').updateComplete
      .then(() => document.querySelector('chat-composer').shadowRoot.querySelector('[part=send-button]').ariaLabel)`);
    await page.close();
    return name;
  }

  it('are known once both scripts are there, whichever comes first', async () => {
    assert.equal(await nameOfSend('uz', [SCRIPT, 'ws-chat.uz.js']), 'Yuborish');
    assert.equal(await nameOfSend('uz', ['ws-chat.uz.js', SCRIPT]), 'Yuborish');
  });

  it('are in the characters of the page where there are two kinds, whichever comes first', async () => {
    const kinds = ['ws-chat.zh.js', 'ws-chat.zh-Hant.js'];
    for (const scripts of [kinds, kinds.toReversed()]) {
      assert.equal(await nameOfSend('zh-TW', [SCRIPT, ...scripts]), '傳送');
      assert.equal(await nameOfSend('zh-CN', [SCRIPT, ...scripts]), '发送');
    }
  });

  it('are all there, each in its own letters', async () => {
    const names = new Set<unknown>();
    for (const language of LANGUAGES) names.add(await nameOfSend(language, [SCRIPT, `ws-chat.${language}.js`]));
    assert.ok(!names.has('Send'));
    // Spanish and Portuguese say the same.
    assert.equal(names.size, LANGUAGES.length - 1);
  });
});
