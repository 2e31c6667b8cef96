/**
 * The decorators of `lit/decorators.js` that we use, for legacy decorators alone: lit's own serve the standard ones too, in ten
 * times the code.
 */
import type {PropertyDeclaration, ReactiveElement} from 'lit';

type Decorate = (prototype: ReactiveElement, name: string) => void;

/**
 * A property at whose changes the element renders again, set by the attribute of its name where `options` say no other. One that
 * has a setter of its own is given `noAccessor`, and asks for the update itself.
 */
export function property(options?: PropertyDeclaration): Decorate {
  return (prototype, name) => (prototype.constructor as typeof ReactiveElement).createProperty(name, options);
}

/** A property of the element's own, at whose changes it renders again. */
export function state(): Decorate {
  return property({state: true, attribute: false});
}

/** What `selector` finds first in what the element has rendered, or `null`. */
export function query(selector: string): Decorate {
  return (prototype, name) => {
    Object.defineProperty(prototype, name, {
      get(this: Partial<ReactiveElement>): Element | null {
        // There is none before it has come into the page.
        return this.renderRoot?.querySelector(selector) ?? null;
      },
    });
  };
}
