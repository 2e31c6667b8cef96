import {expect} from '@open-wc/testing';
import {register} from '../../src/define/register.js';
import {VERSION} from '../../src/define/version.js';

describe('register()', () => {
  const warnings = (act: () => void): string[] => {
    const said: string[] = [];
    const {warn} = console;
    console.warn = (...args: unknown[]) => said.push(args.join(' '));
    try {
      act();
    } finally {
      console.warn = warn;
    }
    return said;
  };

  it('registers a tag, and says nothing when it is registered again', () => {
    class FirstElement extends HTMLElement {}
    const said = warnings(() => {
      register('register-first', FirstElement);
      register('register-first', FirstElement);
    });
    expect(customElements.get('register-first')).to.equal(FirstElement);
    expect(said).to.deep.equal([]);
  });

  it('leaves the first of two copies in place, and names both versions', () => {
    class OneElement extends HTMLElement {}
    class OtherElement extends HTMLElement {}
    const said = warnings(() => {
      register('register-twice', OneElement);
      register('register-twice', OtherElement);
    });
    expect(customElements.get('register-twice')).to.equal(OneElement);
    expect(said).to.have.length(1);
    expect(said[0]!.split(VERSION)).to.have.length(3);
  });

  it('leaves what somebody else registered in place', () => {
    class TheirElement extends HTMLElement {}
    customElements.define('register-theirs', TheirElement);
    const said = warnings(() => register('register-theirs', class extends HTMLElement {}));
    expect(customElements.get('register-theirs')).to.equal(TheirElement);
    expect(said[0]).to.contain('<register-theirs>').and.contain('something else');
  });
});
