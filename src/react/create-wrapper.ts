'use client';

import {LitElement} from 'lit';
import {createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef} from 'react';
import type {ForwardRefExoticComponent, HTMLAttributes, ReactNode, RefAttributes} from 'react';
import type {Given} from '../model/index.js';

/** The event that each prop listens to, e.g. `{onChatSubmit: 'chat-submit'}`. */
export type EventNames = Readonly<Record<string, keyof GlobalEventHandlersEventMap>>;

type Listeners<Events extends EventNames> = {
  readonly [Prop in keyof Events]?: ((event: GlobalEventHandlersEventMap[Events[Prop]]) => void) | undefined;
};

/** The names of the properties that can be set: not methods, and not read-only properties. */
type Settable<Element> = {
  [Key in Exclude<keyof Element, keyof LitElement>]: IsMethod<Element, Key> extends true
    ? never
    : IsReadonly<Element, Key> extends true
      ? never
      : Key;
}[Exclude<keyof Element, keyof LitElement>];

// An optional function is a property, not a method. Whether it is optional has to be asked separately: to a compiler that is not strict,
// `TokenProvider | undefined` is a function like any method.
type IsMethod<Element, Key extends keyof Element> = Element[Key] extends (...args: never[]) => unknown
  ? object extends Pick<Element, Key>
    ? false
    : true
  : false;

// Two types are identical if generic functions with a condition on each are assignable to one another; no other comparison notices
// `readonly`. Written out, because an alias would be compared by its arguments, and those are assignable.
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

/** Boolean attributes, which are on whatever their value is. On a custom element, React 18 would write `hidden="false"`. */
const FLAGS: readonly string[] = ['hidden', 'inert'];

type AnyProps = Readonly<Record<string, unknown>>;

// On a server React warns about `useLayoutEffect` at every render.
const useBeforePaint = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** Sets the properties that are given, and sets to undefined those that were given before and no longer are. */
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

/** Listens once for each event, and calls the function of the latest render. */
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

/** The attribute that marks an element, also in the markup of a server, whose properties have not been set yet. */
const UNSET = 'defer-hydration';

/**
 * Makes a React component of an element. Without it, React 18 would turn properties into attributes and could not listen to custom events.
 * The ref is the element itself.
 */
export function createWrapper<Element extends HTMLElement, Events extends EventNames>(
  tag: string,
  elementClass: {readonly name: string; readonly prototype: Element},
  events: Events,
): Wrapper<Element, Events> {
  const wrapper = forwardRef<Element, AnyProps>((props, ref) => {
    const element = useRef<Element>(null);
    // The element is set by the time React runs this.
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
