/** A call that is to run in a page, as an expression for a driver. */
export function inPage(call: string): string {
  // The compiler that runs the tests wraps named functions in a helper, which the page does not have.
  return `(async () => {
    const __name = (fn) => fn;
    return ${call};
  })()`;
}
