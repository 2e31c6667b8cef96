/** Serves a built Storybook to those who look at its stories. */
import {existsSync, readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {extname, join, normalize} from 'node:path';
import {fileURLToPath} from 'node:url';

/** Where a built Storybook lies. */
export const folder = fileURLToPath(new URL('../../storybook-static', import.meta.url));

/** @type {Readonly<Record<string, string>>} */
const TYPES = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json'};

/** Serves it. @returns {Promise<{address: string, close: () => void}>} */
export function serveStories() {
  const server = createServer(({url}, response) => {
    const {pathname} = new URL(url ?? '/', 'http://localhost');
    // Browsers ask for it whatever the page says.
    if (pathname === '/favicon.ico') return void response.writeHead(204).end();
    const file = join(folder, normalize(pathname));
    if (!existsSync(file) || extname(file) === '') return void response.writeHead(404).end();
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream').end(readFileSync(file));
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
      resolve({address: `http://127.0.0.1:${port}`, close: () => server.close()});
    }),
  );
}
