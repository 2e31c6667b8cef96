import {expect, fixture, html} from '@open-wc/testing';
import {LitElement} from 'lit';
import {hostStyles} from '../../src/styles/index.js';
import {TONES} from '../../src/styles/palette.js';
import {contrast, shown, TEXT_PAIRS} from '../support/contrast.js';

class ThemedElement extends LitElement {
  static override styles = [hostStyles];
}
customElements.define('themed-probe', ThemedElement);

const PRESETS = ['business', 'playful'] as const;
const cssOf = async (preset: string): Promise<string> =>
  (await fetch(new URL(`../../src/styles/themes/${preset}.css`, import.meta.url))).text();

describe('the presets', () => {
  let sheet: CSSStyleSheet;

  beforeEach(() => {
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet);
  });

  afterEach(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  });

  for (const preset of PRESETS) {
    for (const [index, scheme] of (['light', 'dark'] as const).entries()) {
      it(`${preset}: text can be read on every surface, ${scheme}`, async () => {
        sheet.replaceSync(await cssOf(preset));
        const el = await fixture<HTMLElement>(html`<themed-probe></themed-probe>`);
        el.parentElement!.style.colorScheme = scheme;
        const colour = (token: string) => {
          el.style.color = `var(--_${token})`;
          return shown(getComputedStyle(el).color);
        };
        for (const [text, under] of TEXT_PAIRS)
          expect(contrast(colour(text), colour(under)), `${text} on ${under}`).to.be.at.least(4.45);
        for (const tone of TONES)
          expect(contrast(shown(tone[1 + index]!), colour('other')), `a name on other`).to.be.at.least(4.5);
      });
    }

    it(`${preset}: nothing but tokens, and what the page sets goes before`, async () => {
      const css = await cssOf(preset);
      expect(css).not.to.contain('!important');
      sheet.replaceSync(css);
      const [form, colours] = [...sheet.cssRules] as unknown as readonly [CSSStyleRule, CSSSupportsRule];
      const [pairs] = [...colours.cssRules] as unknown as readonly [CSSStyleRule];
      expect([sheet.cssRules.length, colours.cssRules.length]).to.eql([2, 1]);
      for (const {selectorText, style} of [form, pairs]) {
        expect(selectorText).to.equal(':where(:root)');
        expect([...style].every((name) => name.startsWith('--chat-'))).to.equal(true);
      }
      // Which a browser without pairs would take for no colour at all, in place of the one that an element falls back to.
      expect(form.cssText).not.to.contain('light-dark');
      expect(colours.conditionText).to.contain('light-dark');
      const own = new CSSStyleSheet();
      own.replaceSync(':root { --chat-radius: 3px }');
      document.adoptedStyleSheets.unshift(own);
      expect(getComputedStyle(document.documentElement).getPropertyValue('--chat-radius')).to.equal('3px');
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== own);
    });
  }
});
