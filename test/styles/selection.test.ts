import {expect, fixture, html} from '@open-wc/testing';
import type {CSSResult, LitElement} from 'lit';
import * as classes from '../../src/classes.js';
import '../../src/define/chat-message.js';
import type {ChatMessageElement} from '../../src/elements/chat-message.js';
import composerFiles from '../../src/elements/composer-files.styles.js';
import errorDialog from '../../src/elements/error-dialog.styles.js';
import {message} from '../elements/messages.js';
import {within} from '../support/chat.js';

/** The styles of all elements, with those that come later. */
const styles = (): readonly CSSResult[] => {
  const elements = Object.values<unknown>(classes).filter(
    (value): value is typeof LitElement => typeof value === 'function' && 'elementStyles' in value,
  );
  return [...elements.flatMap(({elementStyles}) => elementStyles as CSSResult[]), composerFiles, errorDialog];
};

describe('a selection', () => {
  it('of a message leaves out the initials and the time', async () => {
    const el = await fixture<ChatMessageElement>(html`<chat-message .message=${message(1)}></chat-message>`);
    for (const selector of ['.avatar', '.meta'])
      expect(getComputedStyle(within(el, selector)).getPropertyValue('-webkit-user-select'), selector).to.equal('none');
    expect(getComputedStyle(within(el, '.content')).getPropertyValue('-webkit-user-select')).not.to.equal('none');
  });

  it('leaves out the same in Safari, which knows it by a name with a prefix alone', () => {
    const rules = styles().flatMap(({cssText}) => [...cssText.matchAll(/[^{}]*\buser-select:[^{}]*/g)].map(String));
    expect(rules.length).to.be.greaterThan(1);
    expect(rules.filter((rule) => !/-webkit-user-select: (\w+);\s*user-select: \1;/.test(rule))).to.deep.equal([]);
  });
});
