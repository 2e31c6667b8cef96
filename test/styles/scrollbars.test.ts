import {expect, fixture, html} from '@open-wc/testing';
import '../../src/define/chat-composer.js';
import type {ChatComposerElement} from '../../src/elements/chat-composer.js';
import {within} from '../support/chat.js';
import {pictureOf} from '../support/picture.js';

it('a scrollbar is not white in the dark', async () => {
  const el = await fixture<ChatComposerElement>(html`<chat-composer .value=${'line\n'.repeat(40)}></chat-composer>`);
  el.parentElement!.style.colorScheme = 'dark';
  await el.updateComplete;
  const field = within<HTMLTextAreaElement>(el, 'textarea');
  expect(field.scrollHeight, 'there is something to scroll').to.be.greaterThan(field.clientHeight);
  expect((await pictureOf(field)).get(0xffffff) ?? 0).to.equal(0);
});
