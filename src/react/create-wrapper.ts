'use client';

import {LitElement} from 'lit';
import {createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef} from 'react';
import type {ForwardRefExoticComponent, HTMLAttributes, ReactNode, RefAttributes} from 'react';
import type {Given} from '../model/index.js';

/** Which prop listens to which event: `{onChatSubmit: 'chat-submit'}`. */
export type EventNames = Readonly<Record<string, keyof GlobalEventHandlersEventMap>>;

type Listeners<Events extends EventNames> = {
  readonly [Prop in keyof Events]?: ((event: GlobalEventHandlersEventMap[Events[Prop]]) => void) | undefined;
};

/** The names of what can be set: methods cannot, and neither can what is only for reading. */
type Settable<Element> = {
  [Key in Exclude<keyof Element, keyof LitElement>]: IsMethod<Element, Key> extends true
    ? never
    : IsReadonly<Element, Key> extends true
      ? never
      : Key;
}[Exclude<keyof Element, keyof LitElement>];

// A function that may be left out is a property. Its type alone does not tell: to a host whose compiler is not strict,
// `TokenProvider | undefined` is a function like any method.
type IsMethod<Element, Key extends keyof Element> = Element[Key] extends (...args: never[]) => unknown
  ? object extends Pick<Element, Key>
    ? false
    : true
  : false;

// Two types are the same where a generic function that asks for one takes the other; only that tells `readonly` apart. Written
// out, as an alias would be compared by its argument, and that is assignable.
type IsReadonly<Element, Key extends keyof Element> =
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the question is about the function, not its result
  (<Any>() => Any extends Pick<Element, Key> ? 1 : 2) extends <Any>() => Any extends Readonly<Pick<Element, Key>> ? 1 : 2
    ? true
    : false;

type Properties<Element> = {
  readonly [Key in Settable<Element>]?: Given<Element[Key]> | undefined;
};

/** The props of a wrapper: the element's properties, its events, and what every HTML element takes. */
export type WrapperProps<Element extends HTMLElement, Events extends EventNames> = Omit<
  HTMLAttributes<Element>,
  keyof Properties<Element> | keyof Events
> &
  Properties<Element> &
  Listeners<Events> & {readonly children?: ReactNode; readonly slot?: string | undefined};

export type Wrapper<Element extends HTMLElement, Events extends EventNames> = ForwardRefExoticComponent<
  WrapperProps<Element, Events> & RefAttributes<Element>
>;

/** The attributes that hold whatever they say. On an element that it does not know, React 18 would write `hidden="false"`. */
const FLAGS: readonly string[] = ['hidden', 'inert'];

type AnyProps = Readonly<Record<string, unknown>>;

// On a server there is no layout, and React says so at every render.
const useBeforePaint = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** Sets what is given, and takes back what was given before and no longer is. */
function useProperties(element: {readonly current: HTMLElement | null}, given: AnyProps): void {
  const last = useRef<AnyProps>({});
  useBeforePaint(() => {
    const target = element.current as unknown as Record<string, unknown> | null;
    if (!target) return;
    for (const key of Object.keys(last.current)) if (!(key in given)) target[key] = undefined;
    for (const [key, value] of Object.entries(given)) if (value !== last.current[key]) target[key] = value;
    last.current = given;
  });
}

/** Listens once for each event, whichever function the latest render brought. */
function useListeners(element: {readonly current: HTMLElement | null}, events: EventNames, props: AnyProps): void {
  const latest = useRef(props);
  useBeforePaint(() => {
    latest.current = props;
  });
  useBeforePaint(() => {
    const leave = new AbortController();
    for (const [prop, name] of Object.entries(events)) {
      const call = (event: Event): void => (latest.current[prop] as ((event: Event) => void) | undefined)?.(event);
      element.current?.addEventListener(name, call, {signal: leave.signal});
    }
    return () => {
      leave.abort();
    };
  }, [element, events]);
}

/** Says of the element, also in the markup of a server, that its properties are still to come, for as long as they are. */
const UNSET = 'defer-hydration';

/**
 * Makes a React component of an element: React 18 would turn its properties into attributes and hear none of its events.
 * The ref gives the element itself.
 */
export function createWrapper<Element extends HTMLElement, Events extends EventNames>(
  tag: string,
  elementClass: {readonly name: string; readonly prototype: Element},
  events: Events,
): Wrapper<Element, Events> {
  const wrapper = forwardRef<Element, AnyProps>((props, ref) => {
    const element = useRef<Element>(null);
    // React sets the element before it runs this.
    useImperativeHandle(ref, (): Element => element.current as Element, []);
    const [own, rest]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}];
    for (const [key, value] of Object.entries(props)) {
      if (key in events) continue;
      if (key in elementClass.prototype && !(key in LitElement.prototype)) own[key] = value;
      else rest[key === 'className' ? 'class' : key] = value === false && FLAGS.includes(key) ? undefined : value;
    }
    useProperties(element, own);
    useListeners(element, events, props);
    useBeforePaint(() => element.current?.removeAttribute(UNSET), []);
    return createElement(tag, {...rest, [UNSET]: '', ref: element});
  });
  wrapper.displayName = elementClass.name.replace(/Element$/, '');
  return wrapper;
}
