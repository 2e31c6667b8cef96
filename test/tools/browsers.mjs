/** Finds the three browser engines, and gets what is missing where that is possible without asking anybody. */
import {execFileSync} from 'node:child_process';
import {accessSync, constants, existsSync, readdirSync} from 'node:fs';
import {delimiter, join} from 'node:path';

/** @typedef {'chromium' | 'firefox' | 'webkit'} Engine */

/** @type {readonly Engine[]} */
export const ENGINES = ['chromium', 'firefox', 'webkit'];

/** Chromium without the windows around pages, which nobody sees here: the same engine at half of the work. */
const SHELL = 'chromium-headless-shell';

/** Where each engine comes from on Debian and Ubuntu, and what to tell everybody else. */
const SOURCES = {
  chromium: {packages: ['chromium'], hint: 'install Chromium or Chrome, or set CHROMIUM_PATH'},
  firefox: {packages: ['firefox-esr'], hint: 'install Firefox, or set FIREFOX_PATH'},
  webkit: {packages: ['webkit2gtk-driver', 'xvfb'], hint: 'install WebKitWebDriver and Xvfb (Debian: webkit2gtk-driver xvfb)'},
};

const COMMANDS = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
  firefox: ['firefox-esr', 'firefox'],
};

const APPLICATIONS = {
  chromium: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ],
  firefox: ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
};

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of a command of this machine, or `null`. @param {string} name */
export function which(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

/** @param {'chromium' | 'firefox'} engine */
function findProgram(engine) {
  const named = process.env[`${engine.toUpperCase()}_PATH`];
  if (named) return isExecutable(named) ? named : null;
  const onPath = COMMANDS[engine].map(which).find((path) => path !== null);
  return onPath ?? APPLICATIONS[engine].find(isExecutable) ?? null;
}

/** The small browser that comes with WebKitGTK; its folder bears the name of the architecture and of the API version. */
function findMiniBrowser() {
  for (const base of ['/usr/lib', '/usr/libexec', '/usr/lib64']) {
    if (!existsSync(base)) continue;
    for (const folder of [
      base,
      ...readdirSync(base)
        .filter((name) => name.endsWith('-linux-gnu'))
        .map((name) => join(base, name)),
    ]) {
      for (const version of ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0']) {
        const path = join(folder, version, 'MiniBrowser');
        if (isExecutable(path)) return path;
      }
    }
  }
  return null;
}

/** WebKit needs three programs; it is there when all of them are. */
export function findWebKit() {
  const driver = which('WebKitWebDriver');
  const xvfb = which('Xvfb');
  const miniBrowser = findMiniBrowser();
  return driver && xvfb && miniBrowser ? {driver, xvfb, miniBrowser} : null;
}

/** The path of the program that starts the engine, or `null` where it is missing. @param {Engine} engine */
export function findBrowser(engine) {
  return engine === 'webkit' ? (findWebKit()?.miniBrowser ?? null) : findProgram(engine);
}

/**
 * What shows pages of Chromium's where nobody looks: the shell, or the whole browser where there is none or one is named. Only the
 * whole one has tabs that are hidden by others, and a back/forward cache.
 */
export function findShell() {
  return (process.env['CHROMIUM_PATH'] ? null : which(SHELL)) ?? findProgram('chromium');
}

/**
 * The program that starts the engine: for Chromium the whole browser, or, with `shell`, what is enough where nobody looks. Throws where
 * it is missing, and says what to install.
 * @param {Engine} engine
 * @param {{shell?: boolean}} [options]
 */
export function requireBrowser(engine, {shell = false} = {}) {
  const path = shell && engine === 'chromium' ? findShell() : findBrowser(engine);
  if (path === null) throw new Error(`${engine} is missing: ${SOURCES[engine].hint}.`);
  return path;
}

/** Whether packages can be installed here: root, with apt. */
function canInstall() {
  return process.getuid?.() === 0 && which('apt-get') !== null;
}

/** Installs Debian packages where that is possible, and says so where it fails. @param {readonly string[]} packages */
export function install(packages) {
  if (packages.length === 0 || !canInstall()) return;
  console.log(`Installing ${packages.join(', ')} …`);
  /** @type {import('node:child_process').ExecFileSyncOptions} */
  const options = {env: {...process.env, DEBIAN_FRONTEND: 'noninteractive'}, stdio: ['ignore', 'ignore', 'inherit']};
  try {
    execFileSync('apt-get', ['update', '-q'], options);
    execFileSync('apt-get', ['install', '-qy', '--no-install-recommends', ...packages], options);
  } catch (error) {
    console.error(`apt-get could not install ${packages.join(', ')}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Makes sure of the engines that are asked for.
 * @param {readonly Engine[]} wanted
 * @returns {{available: Engine[], missing: {engine: Engine, hint: string}[]}} What can be used, and what cannot, with the way to get it.
 */
export function ensureBrowsers(wanted) {
  // By itself, as Ubuntu has none, and asks for all or nothing.
  if (wanted.includes('chromium') && !process.env['CHROMIUM_PATH'] && !which(SHELL)) install([SHELL]);
  install(wanted.filter((engine) => findBrowser(engine) === null).flatMap((engine) => SOURCES[engine].packages));
  return knownBrowsers(wanted);
}

/**
 * Which engines are there, without installing any.
 * @param {readonly Engine[]} [wanted]
 * @returns {ReturnType<typeof ensureBrowsers>}
 */
export function knownBrowsers(wanted = ENGINES) {
  const available = wanted.filter((engine) => findBrowser(engine) !== null);
  const missing = wanted.filter((engine) => !available.includes(engine)).map((engine) => ({engine, hint: SOURCES[engine].hint}));
  for (const {engine, hint} of missing)
    console.error(`\n!!! ${engine.toUpperCase()} IS MISSING and will not be tested: ${hint}.\n`);
  return {available, missing};
}
