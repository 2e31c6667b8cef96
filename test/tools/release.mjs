/**
 * `npm run release -- patch|minor|major|VERSION`: everything of a release but the publishing.
 *
 * Sets the version, moves what stands under `Unreleased` in the changelog and the commits since the last release under its own
 * heading, tests, builds, pins the readme to the script that was built, commits and tags. `--dry-run` shows what would be
 * written, of the build that is there, and writes nothing. `--publish` goes on with `npm publish --provenance`, in a pipeline that
 * npm trusts.
 */
import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {integrityList, integrityOf, pinReadme, VERSION, versionedName} from './integrity.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @param {string} path */
const read = (path) => readFileSync(join(root, path), 'utf8');

/** The version after `current`. @param {string} current @param {string} step Which part goes up, or the version itself. */
export function nextVersion(current, step) {
  const [major = 0, minor = 0, patch = 0] = current.split(/[.-]/).map(Number);
  if (step === 'major') return `${major + 1}.0.0`;
  if (step === 'minor') return `${major}.${minor + 1}.0`;
  if (step === 'patch') return `${major}.${minor}.${patch + 1}`;
  if (/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(step)) return step;
  throw new Error(`"${step}" is no version: say patch, minor, major, or a version such as 1.2.3.`);
}

/** Which commits a host notices, and under which heading. @type {Readonly<Record<string, string>>} */
const HEADINGS = {feat: 'Added', perf: 'Changed', fix: 'Fixed'};
const SUBJECT = /^(\w+)(?:\(([^)]+)\))?(!)?: (.+)$/;

/**
 * What commits say in a changelog: a list a heading. What no host notices, such as tests, is left out.
 * @param {readonly string[]} commits Whole messages, the newest first.
 */
export function changesOf(commits) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const message of commits) {
    const [subject = '', ...rest] = message.trim().split('\n');
    const [, type = '', scope, mark, text = ''] = SUBJECT.exec(subject) ?? [];
    const breaks = mark !== undefined || rest.some((line) => line.startsWith('BREAKING CHANGE:'));
    const heading = breaks ? 'Breaking' : HEADINGS[type];
    if (heading === undefined) continue;
    found.set(heading, [...(found.get(heading) ?? []), `- ${scope ? `${scope}: ` : ''}${text}`]);
  }
  return ['Breaking', 'Added', 'Changed', 'Fixed'].flatMap((heading) => {
    const lines = found.get(heading);
    return lines ? [`### ${heading}, by commit\n\n${lines.join('\n')}\n`] : [];
  });
}

/**
 * The changelog with a heading for a version, of what was unreleased and of the commits.
 * @param {string} changelog @param {string} version @param {string} date @param {readonly string[]} commits
 */
export function releaseChangelog(changelog, version, date, commits) {
  const [before = '', after = ''] = changelog.split('## [Unreleased]\n');
  const next = after.indexOf('\n## [');
  const [written, older] = next < 0 ? [after, ''] : [after.slice(0, next), after.slice(next)];
  const parts = [written.trim(), ...changesOf(commits)].filter(Boolean);
  return `${before}## [Unreleased]\n\n## [${version}] - ${date}\n\n${parts.join('\n\n').trim()}\n${older}`;
}

/** @param {string} program @param {readonly string[]} args */
function output(program, ...args) {
  return execFileSync(program, args, {cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']}).trim();
}

/** @param {string} program @param {readonly string[]} args */
function run(program, ...args) {
  execFileSync(program, args, {cwd: root, stdio: 'inherit'});
}

function commitsSinceRelease() {
  let last = '';
  try {
    last = output('git', 'describe', '--tags', '--abbrev=0', '--match', 'v*');
  } catch {
    // There has been none.
  }
  return output('git', 'log', '--no-merges', '--format=%B%x00', ...(last ? [`${last}..HEAD`] : []))
    .split('\0')
    .filter((message) => message.trim() !== '');
}

/** The files that carry the version, as they are with another. @param {string} version @returns {Record<string, string>} */
function withVersion(version) {
  const lock = JSON.parse(read('package-lock.json'));
  lock.version = version;
  lock.packages[''].version = version;
  return {
    'package.json': read('package.json').replace(`"version": "${VERSION}"`, `"version": "${version}"`),
    'package-lock.json': `${JSON.stringify(lock, null, 2)}\n`,
    'src/define/version.ts': read('src/define/version.ts').replace(`'${VERSION}'`, `'${version}'`),
  };
}

/** @param {Readonly<Record<string, string>>} files */
function write(files) {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
}

function release() {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {'dry-run': {type: 'boolean'}, publish: {type: 'boolean'}},
  });
  const version = nextVersion(VERSION, positionals[0] ?? '');
  const changelog = releaseChangelog(read('CHANGELOG.md'), version, new Date().toISOString().slice(0, 10), commitsSinceRelease());
  const files = {...withVersion(version), 'CHANGELOG.md': changelog};
  if (values['dry-run']) {
    console.log(
      `${VERSION} → ${version}. It would write ${Object.keys(files).join(', ')}, and README.md with the hash of the build.`,
    );
    console.log(`\n${changelog.slice(changelog.indexOf(`## [${version}]`)).split('\n## [')[0]}`);
    for (const {name, integrity} of integrityList(join(root, 'dist'))) console.log(`${integrity}  ${name}`);
    return;
  }
  if (output('git', 'status', '--porcelain') !== '') throw new Error('There are changes that are not committed.');
  write(files);
  run('npm', 'run', 'manifest');
  // Builds, too.
  run('npm', 'test');
  write({'README.md': pinReadme(read('README.md'), version, integrityOf(join(root, 'dist', versionedName(version))))});
  run('git', 'commit', '--all', '--message', `chore(release): ${version}`);
  run('git', 'tag', '--annotate', `v${version}`, '--message', version);
  if (values.publish) run('npm', 'publish', '--provenance', '--access', 'public');
  else console.log('Push the commit and its tag, and publish from a pipeline: npm publish --provenance --access public');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    release();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
