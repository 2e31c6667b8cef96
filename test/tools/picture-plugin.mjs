/**
 * Lets a test look at what is painted: the command `picture` answers with the page as a PNG, in Base64.
 * @returns {import('@web/test-runner').TestRunnerPlugin}
 */
export function picturePlugin() {
  return {
    name: 'picture',
    async executeCommand({command, session}) {
      if (command !== 'picture') return undefined;
      const browser = /** @type {any} */ (session.browser);
      const png = await ('getPage' in browser
        ? browser.getPage(session.id).screenshot()
        : browser.takeScreenshot(session.id, 'return document.documentElement'));
      return Buffer.from(png).toString('base64');
    },
  };
}
