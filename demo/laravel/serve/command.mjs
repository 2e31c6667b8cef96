import {spawn} from 'node:child_process';

/**
 * @typedef {object} Outcome
 * @property {number} code 127 where the program does not exist
 * @property {string} output stdout and stderr, as they came
 */

/**
 * Runs a program to its end and keeps what it says.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<Outcome>}
 */
export function command(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {...options, stdio: ['ignore', 'pipe', 'pipe']});
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => ('code' in error && error.code === 'ENOENT' ? resolve({code: 127, output}) : reject(error)));
    child.on('close', (code) => resolve({code: code ?? 1, output}));
  });
}

/**
 * As `command`, for what must succeed.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<string>} what it said
 * @throws {Error} with what it said, when it failed
 */
export async function mustRun(program, args, options) {
  const {code, output} = await command(program, args, options);
  if (code === 0) return output;
  const what = [program, ...args].join(' ');
  throw new Error(code === 127 ? `${program} is not installed.` : `${what} failed (${code}):\n${output.trim()}`);
}
