import {EXIT, Failure, UsageError, type Command, type ExitCode} from './command.js';
import {listenCommand} from './listen/listen-command.js';
import {printable} from './printable.js';
import {version} from './version.js';
import type {World} from './world.js';

const COMMANDS: readonly Command[] = [listenCommand];

const HELP = `Usage: ws-chat COMMAND [options]

Commands
${COMMANDS.map(({name, summary}) => `  ${name.padEnd(14)}${summary}`).join('\n')}

  ws-chat COMMAND --help    what a command takes
  ws-chat --version         the version of ws-chat-elements

Exit codes: 0 done, 1 failed, 2 called in a wrong way.
`;

/** Runs a command and resolves with its exit code. Never rejects: every failure becomes a sentence on `world.stderr`. */
export async function run(args: readonly string[], world: World): Promise<ExitCode> {
  const [name, ...rest] = args;
  const command = COMMANDS.find((one) => one.name === name);
  try {
    if (command) return await runCommand(command, rest, world);
    if (name === '--help' || name === '-h' || name === 'help') return print(world, HELP);
    if (name === '--version' || name === '-V') return print(world, `${version()}\n`);
    throw new UsageError(name === undefined ? 'Which command?' : `There is no command ${JSON.stringify(name)}.`);
  } catch (error) {
    return explain(error, command, world);
  }
}

async function runCommand(command: Command, args: readonly string[], world: World): Promise<ExitCode> {
  if (args.includes('--help') || args.includes('-h')) return print(world, command.help);
  if (args.includes('--version')) return print(world, `${version()}\n`);
  await command.run(args, world);
  return EXIT.ok;
}

function print(world: World, text: string): ExitCode {
  world.stdout.write(text);
  return EXIT.ok;
}

function explain(error: unknown, command: Command | undefined, world: World): ExitCode {
  const message = printable(error instanceof Error ? error.message : String(error));
  if (error instanceof UsageError) {
    world.stderr.write(`ws-chat: ${message}\nSee ws-chat ${command ? `${command.name} ` : ''}--help.\n`);
    return EXIT.usage;
  }
  const unexpected = error instanceof Failure ? '' : 'something unexpected happened: ';
  world.stderr.write(`ws-chat: ${unexpected}${message}\n`);
  return EXIT.failed;
}
