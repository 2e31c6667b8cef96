/**
 * Lets a test see what somebody sees who has the colours of the system forced upon each page: the command `forced-colors` turns that
 * on (`true`) or off. Chromium's driver alone can do it; puppeteer knows no name for it, so it is asked by its own protocol.
 * @returns {import('@web/test-runner').TestRunnerPlugin}
 */
export function forcedColorsPlugin() {
  /** What is emulated ends with its session. @type {WeakMap<object, any>} */
  const sessions = new WeakMap();
  return {
    name: 'forced-colors',
    async executeCommand({command, payload, session}) {
      if (command !== 'forced-colors') return undefined;
      const page = /** @type {any} */ (session.browser).getPage(session.id);
      const protocol = sessions.get(page) ?? (await page.createCDPSession());
      sessions.set(page, protocol);
      await protocol.send('Emulation.setEmulatedMedia', {
        features: [{name: 'forced-colors', value: payload === true ? 'active' : 'none'}],
      });
      return true;
    },
  };
}
