import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {promisify} from 'node:util';
import {integrityList, pinReadme, versionedName} from '../tools/integrity.mjs';
import {changesOf, nextVersion, releaseChangelog} from '../tools/release.mjs';
import {dist, packageFile, root} from './package-info.js';

const run = promisify(execFile);
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

/** A release is made of commits, which somebody who has unpacked an archive of the source does not have. */
const noCommits = existsSync(join(root, '.git')) ? false : 'This is no clone of the repository, so there are no commits.';

describe('a release', () => {
  it('counts versions as Semantic Versioning does', () => {
    assert.deepEqual(
      ['major', 'minor', 'patch', '2.0.0-next.1'].map((step) => nextVersion('1.2.3', step)),
      ['2.0.0', '1.3.0', '1.2.4', '2.0.0-next.1'],
    );
    assert.throws(() => nextVersion('1.2.3', 'big'), /no version/u);
  });

  it('makes a changelog of what was written and of the commits that a host notices', () => {
    const commits = [
      'fix(client): show no answer after a logout\n\nThe reason.',
      'test: look again',
      'feat(api)!: take cursors',
      'feat: one more\n\nBREAKING CHANGE: it is another.',
      'perf(list): move less',
      'feat(list): jump',
      'no conventional commit',
    ];
    assert.deepEqual(changesOf(commits), [
      '### Breaking, by commit\n\n- api: take cursors\n- one more\n',
      '### Added, by commit\n\n- list: jump\n',
      '### Changed, by commit\n\n- list: move less\n',
      '### Fixed, by commit\n\n- client: show no answer after a logout\n',
    ]);
    const before = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- By hand.\n\n## [1.0.0] - 2026-01-01\n\nThe first.\n';
    const after = releaseChangelog(before, '1.1.0', '2026-02-02', ['fix: a']);
    assert.equal(
      after,
      '# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2026-02-02\n\n### Added\n\n- By hand.\n\n### Fixed, by commit\n\n- a\n\n## [1.0.0] - 2026-01-01\n\nThe first.\n',
    );
  });

  it('shows, dry, what it would write, and writes nothing', {skip: noCommits}, async () => {
    const status = async (): Promise<string> => (await run('git', ['status', '--porcelain'], {cwd: root})).stdout;
    const before = await status();
    const {stdout} = await run('npm', ['run', '--silent', 'release', '--', 'minor', '--dry-run'], {cwd: root});
    const version = nextVersion(packageFile.version, 'minor');
    assert.ok(stdout.startsWith(`${packageFile.version} → ${version}.`), stdout);
    assert.match(stdout, new RegExp(`^## \\[${version}\\] - \\d{4}-\\d\\d-\\d\\d$`, 'mu'));
    for (const {name, integrity} of integrityList(dist)) assert.ok(stdout.includes(`${integrity}  ${name}`));
    assert.equal(await status(), before);
  });
});

describe('the script that a page pins', () => {
  it('lies there under its version, too', () => {
    assert.deepEqual(readFileSync(join(dist, versionedName())), readFileSync(join(dist, 'ws-chat.js')));
  });

  it('has the hash that a browser computes', () => {
    const script = integrityList(dist).find(({name}) => name === versionedName());
    const digest = createHash('sha384')
      .update(readFileSync(join(dist, 'ws-chat.js')))
      .digest('base64');
    assert.equal(script?.integrity, `sha384-${digest}`);
  });

  it('is named in the readme as it is called, with a hash in its form, which a release brings up to date', () => {
    const readme = text('README.md');
    assert.ok(readme.includes(`/npm/${packageFile.name}@${packageFile.version}/dist/${versionedName()}"`));
    assert.match(readme, /\bintegrity="sha384-[\w+/]{64}"/u);
    const pinned = pinReadme(readme, '9.8.7', `sha384-${'x'.repeat(64)}`);
    assert.ok(pinned.includes(`@9.8.7/dist/ws-chat-9.8.7.js"\n  integrity="sha384-${'x'.repeat(64)}"`));
    assert.equal(pinned.split('\n').filter((line, i) => line !== readme.split('\n')[i]).length, 2);
  });

  it('is looked for in the readme, and not taken for pinned where there is none', () => {
    assert.throws(() => pinReadme('# Chat\n', '9.8.7', `sha384-${'x'.repeat(64)}`), /no script tag/u);
  });

  it('is pinned to the build before anything can be packed', () => {
    assert.match(text('package.json'), /"prepack": "npm run build && npm run pin -- --check"/u);
  });
});
