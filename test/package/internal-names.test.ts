import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {below, foreignPlaces, internalNames, namesIn, wordsOf} from '../tools/internal-names.mjs';
import {dist, root} from './package-info.js';

describe('the names that dist/ws-chat.js shortens', () => {
  it('are those of members that are in no foreign place', async () => {
    const names = await internalNames('class Own { ownMember() { return this.otherMember; } }', dist);
    assert.deepEqual(names, ['otherMember', 'ownMember']);
  });

  it('are none that a text goes by', async () => {
    const code = `class Own { ownMember() { return this[x ? 'ownMember' : 'otherMember'] + \`.thirdMember=\`; } }
      new Own().otherMember; new Own().thirdMember;`;
    assert.deepEqual(await internalNames(code, dist), []);
  });

  it('are none of the wire, and none of Lit', async () => {
    assert.deepEqual(await internalNames('own.snake_case = own._$aMember;', dist), []);
  });

  it('are found wherever a member is named', () => {
    const {members} = namesIn('const {one} = {two: 1}; class Own { three = 1; four() {} get five() {} } own.six; own[seven];');
    assert.deepEqual([...members], ['one', 'two', 'three', 'four', 'five', 'six']);
  });

  const known: Readonly<Record<string, readonly string[]>> = {
    'what a page may call': ['createChatClient', 'conversationId', 'sendMessage', 'wsHost', 'maxFileSize'],
    'what a backend sends and takes': ['temp_id', 'conversation_id'],
    'what tabs tell one another, and what is stored': ['writtenAt', 'failure'],
    'the files beside the script': ['isReading'],
    'the browser and lit': ['getBoundingClientRect', 'requestUpdate', 'hostConnected'],
  };
  for (const [place, names] of Object.entries(known)) {
    it(`are not in ${place}`, async () => {
      const files = (await foreignPlaces(dist))[place] ?? [];
      const words = wordsOf(files);
      assert.deepEqual(
        names.filter((name) => !words.has(name)),
        [],
      );
    });
  }

  it('are not guessed where files are looked for that are no longer there', () => {
    assert.throws(() => below(join(root, 'src'), /^moved\/.*\.ts$/), /no file .*moved/);
  });

  it('are gone from the script', () => {
    const {members} = namesIn(readFileSync(join(dist, 'ws-chat.js'), 'utf8'));
    assert.ok(members.has('conversationId'));
    assert.ok(!members.has('replaceConfirmed'));
  });
});
