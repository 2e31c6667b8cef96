/** Collects what is said by `console.warn` from now on, until `restore`. */
export function collectWarnings(): {readonly texts: string[]; readonly next: () => Promise<string>; restore: () => void} {
  const original = console.warn;
  const texts: string[] = [];
  const waiting: ((text: string) => void)[] = [];
  console.warn = (...args: unknown[]) => {
    const text = args.map(String).join(' ');
    // What Lit says of its development build is no news here.
    if (text.startsWith('Lit is in dev mode') || text.includes('change-in-update')) return;
    texts.push(text);
    waiting.shift()?.(text);
  };
  return {
    texts,
    next: () => new Promise((resolve) => waiting.push(resolve)),
    restore: () => {
      console.warn = original;
    },
  };
}
