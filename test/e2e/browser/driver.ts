/** What an engine must be able to do; everything else is built on it. One page, in the foreground. */
export interface Driver {
  goto(url: string): Promise<void>;
  /** Evaluates an expression in the page, waits for its promise, and returns its value, which must be JSON. Rejects if it throws. */
  run(expression: string): Promise<unknown>;
  /** Types text with real keys, into whatever has the focus. */
  type(text: string): Promise<void>;
  /** Presses a key, by its name in `KeyboardEvent.key`. */
  press(key: Key): Promise<void>;
  /** Clicks with a real pointer, in CSS pixels of the viewport. */
  clickAt(x: number, y: number): Promise<void>;
  /** A PNG of the viewport. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

export type Key = 'Enter' | 'Escape' | 'Tab' | 'Backspace';
