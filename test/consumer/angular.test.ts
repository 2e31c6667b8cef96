import {packageFile} from '../package/package-info.js';
import {testRendered} from './rendered-app.js';

/** The newest Angular 20 of which there is a renderer, and its tools: later ones do not run on Node 20.19. */
const ANGULAR = '20.3.32';
const framework = ['common', 'compiler', 'compiler-cli', 'core', 'platform-browser', 'platform-server', 'router'];
const {devDependencies} = packageFile;
const ours = ['typescript', '@types/node'].map((name) => `${name}@${devDependencies[name]}`);

const OPTIONS = {
  browser: 'src/main.ts',
  server: 'src/main.server.ts',
  ssr: {entry: 'src/server.ts'},
  outputMode: 'server',
  index: 'src/index.html',
  tsConfig: 'tsconfig.json',
  outputPath: 'dist',
};
const BUILD = {builder: '@angular/build:application', options: OPTIONS};
const APP = {projectType: 'application', root: '', sourceRoot: 'src', architect: {build: BUILD}};

testRendered('angular', {
  packages: [
    ...framework.map((name) => `@angular/${name}@${ANGULAR}`),
    '@angular/build@20.3.37',
    '@angular/cli@20.3.37',
    '@angular/ssr@20.3.37',
    'rxjs@7.8.2',
    'tslib@2.8.1',
    ...ours,
  ],
  shown: {'src/app/app.ts': ''},
  files: {
    'angular.json': JSON.stringify({version: 1, cli: {analytics: false, cache: {enabled: false}}, projects: {app: APP}}),
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        target: 'ES2022',
        module: 'preserve',
        lib: ['ES2023', 'DOM', 'DOM.Iterable'],
        types: ['node'],
        strict: true,
        experimentalDecorators: true,
        skipLibCheck: true,
      },
      angularCompilerOptions: {strictTemplates: true},
      include: ['src'],
    }),
    'src/index.html': `<!doctype html><html lang="en"><head><base href="/"></head><body><app-root></app-root></body></html>`,
    'src/app/app.config.ts': `import {provideZonelessChangeDetection, type ApplicationConfig} from '@angular/core';
import {provideClientHydration} from '@angular/platform-browser';
export const config: ApplicationConfig = {providers: [provideZonelessChangeDetection(), provideClientHydration()]};`,
    'src/main.ts': `import {bootstrapApplication} from '@angular/platform-browser';
import {App} from './app/app';
import {config} from './app/app.config';
void bootstrapApplication(App, config);`,
    'src/main.server.ts': `import {mergeApplicationConfig} from '@angular/core';
import {bootstrapApplication, type BootstrapContext} from '@angular/platform-browser';
import {provideServerRendering, RenderMode, withRoutes} from '@angular/ssr';
import {App} from './app/app';
import {config} from './app/app.config';
const routes = withRoutes([{path: '**', renderMode: RenderMode.Server}]);
const serverConfig = mergeApplicationConfig(config, {providers: [provideServerRendering(routes)]});
export default (context: BootstrapContext) => bootstrapApplication(App, serverConfig, context);`,
    'src/server.ts': `import {AngularNodeAppEngine, createNodeRequestHandler, writeResponseToNodeResponse} from '@angular/ssr/node';
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
const engine = new AngularNodeAppEngine({allowedHosts: ['127.0.0.1']});
export const reqHandler = createNodeRequestHandler(async (request, response) => {
  const path = request.url ?? '/';
  if (path === '/chat-token') return void response.end(JSON.stringify({token: process.env['CHAT_TOKEN']}));
  if (path.endsWith('.js')) {
    const script = readFileSync(new URL('../browser' + path, import.meta.url));
    return void response.setHeader('content-type', 'text/javascript').end(script);
  }
  const page = await engine.handle(request);
  if (page) await writeResponseToNodeResponse(page, response);
  else response.writeHead(404).end();
});
const {HOST, PORT} = process.env;
if (PORT) createServer(reqHandler).listen(Number(PORT), HOST, () => console.log('Listening'));`,
  },
  setting: (name, value) => `${name}="${value}"`,
  build: ['ng', 'build'],
  serve: () => ['dist/server/server.mjs'],
  listens: /Listening/u,
  sends:
    /<chat-connection [^>]+ defer-hydration><chat-conversation conversation-id="1"><\/chat-conversation><\/chat-connection>/u,
});
