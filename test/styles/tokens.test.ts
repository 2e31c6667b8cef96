import {expect, fixture, html} from '@open-wc/testing';
import {LitElement, type CSSResultGroup} from 'lit';
import {buttonStyles, hostStyles} from '../../src/styles/index.js';
import {PALETTE, TONES} from '../../src/styles/palette.js';
import {contrast, shown, TEXT_PAIRS, type Colour} from '../support/contrast.js';

class ProbeElement extends LitElement {
  static override styles = [hostStyles];
}
customElements.define('styles-probe', ProbeElement);

const cssOf = (styles: CSSResultGroup): string =>
  [styles]
    .flat(9)
    .map((sheet) => ('cssText' in sheet ? sheet.cssText : ''))
    .join('');

describe('the tokens', () => {
  const probe = async (scheme: 'light' | 'dark', accent?: string): Promise<(token: string) => Colour> => {
    const el = await fixture<HTMLElement>(html`<styles-probe></styles-probe>`);
    el.parentElement!.style.colorScheme = scheme;
    if (accent) el.parentElement!.style.setProperty('--chat-accent', accent);
    else el.parentElement!.style.removeProperty('--chat-accent');
    return (token) => {
      el.style.color = `var(--_${token})`;
      return shown(getComputedStyle(el).color);
    };
  };

  const accents = [
    ...Array.from({length: 24}, (_, i) => [15, 35, 50, 65, 85].map((l) => `hsl(${i * 15} ${i % 2 ? 95 : 55}% ${l}%)`)).flat(),
    '#000',
    '#fff',
    '#777',
    '#757575',
    '#767676',
    'rebeccapurple',
    'oklch(70% 0.2 140)',
    'rgb(0 0 255 / 0.5)',
    'gold',
  ];

  for (const scheme of ['light', 'dark'] as const) {
    it(`give text that can be read on every surface, ${scheme}`, async () => {
      const colour = await probe(scheme);
      for (const [text, under] of TEXT_PAIRS)
        expect(contrast(colour(text), colour(under)), `${text} on ${under}`).to.be.at.least(4.5);
    });

    it(`give text that can be read for ${accents.length} accents, ${scheme}`, async () => {
      for (const accent of accents) {
        const colour = await probe(scheme, accent);
        const own = colour('own');
        if (accent.includes('/')) continue;
        expect(contrast(colour('own-text'), own), `text on ${accent}`).to.be.at.least(4.5);
        expect(contrast(colour('own-muted'), own), `time on ${accent}`).to.be.at.least(4.45);
        for (const under of ['surface', 'canvas', 'raised', 'other']) {
          expect(contrast(colour('accent-text'), colour(under)), `${accent} as text on ${under}`).to.be.at.least(4.45);
        }
      }
    });
  }

  for (const scheme of ['light', 'dark'] as const) {
    it(`leave the words of a button that is pointed at to be read on a notice, ${scheme}`, async () => {
      const percent = /\.button:hover \{\s*background: color-mix\(in srgb, currentColor (\d+)%/u.exec(cssOf(buttonStyles))![1]!;
      const el = await fixture<HTMLElement>(html`<styles-probe></styles-probe>`);
      el.parentElement!.style.colorScheme = scheme;
      const colour = (css: string): Colour => {
        el.style.color = css;
        return shown(getComputedStyle(el).color);
      };
      for (const kind of ['danger', 'warning']) {
        const under = colour(`color-mix(in srgb, var(--_${kind}) ${percent}%, var(--_${kind}-soft))`);
        expect(contrast(colour(`var(--_${kind})`), under), kind).to.be.at.least(4.5);
      }
    });
  }

  it('tell people apart in colours that can be read', () => {
    for (const [avatar, light, dark] of TONES) {
      expect(contrast(shown('#fff'), shown(avatar)), avatar).to.be.at.least(4.5);
      expect(contrast(shown(light), shown(PALETTE.other[0])), light).to.be.at.least(4.5);
      expect(contrast(shown(dark), shown(PALETTE.other[1])), dark).to.be.at.least(4.5);
    }
  });

  it('are taken from any ancestor', async () => {
    const colour = await probe('light');
    expect(colour('surface')).to.deep.equal([255, 255, 255]);
    const outer = document.documentElement;
    outer.style.setProperty('--chat-color-surface', 'rgb(1 2 3)');
    try {
      expect(colour('surface')).to.deep.equal([1, 2, 3]);
    } finally {
      outer.style.removeProperty('--chat-color-surface');
    }
  });

  it('leave the host without a margin, and hide it when it is hidden', async () => {
    const el = await fixture<HTMLElement>(html`<styles-probe hidden></styles-probe>`);
    expect(getComputedStyle(el).display).to.equal('none');
    expect(getComputedStyle(el).margin).to.equal('0px');
  });
});
