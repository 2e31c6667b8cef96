import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {inspect} from 'node:util';
import {ShapeError, decodeAttachment, decodeConversation, decodeMessage, decodePerson} from '../../src/model/resources/index.js';
import {attachmentResource, conversationResource, messageResource} from '../events/samples.js';

function assertShape(decode: () => unknown, path: string): void {
  assert.throws(decode, (error) => error instanceof ShapeError && (assert.equal(error.path, path), true));
}

describe('decodeMessage', () => {
  it('fills every field', () => {
    const message = decodeMessage(
      messageResource({
        temp_id: 'uuid',
        edited_at: '2026-01-31T12:30:00+03:00',
        reply_to: {id: 99, sender: {id: 46, name: 'Vali'}, content: 'Qalay?'},
        attachments: [attachmentResource()],
        reactions: [{emoji: '👍', count: 2, user_ids: [45, '46']}],
      }),
    );
    assert.equal(message.tempId, 'uuid');
    assert.equal(message.editedAt?.toISOString(), '2026-01-31T09:30:00.000Z');
    assert.equal(message.replyTo?.sender.name, 'Vali');
    assert.equal(message.attachments[0]?.thumbnailUrl, '/thumbs/plan.png');
    assert.deepEqual(message.reactions, [{emoji: '👍', count: 2, userIds: [45, '46']}]);
    assert.equal(message.status, 'sent');
    assert.equal(message.error, null);
    assert.deepEqual([message.position, message.revision], [12, 14]);
  });

  it('does with the least that a backend must send', () => {
    const message = decodeMessage({
      id: '1',
      conversation_id: 'c',
      sender: {id: 2},
      content: '',
      created_at: '2026-01-31T09:30:00Z',
    });
    assert.deepEqual(
      [
        message.tempId,
        message.sender.name,
        message.position,
        message.revision,
        message.replyTo,
        message.attachments,
        message.reactions,
      ],
      [null, '', null, null, null, [], []],
    );
  });

  it('keeps long content whole', () => {
    const content = 'ž'.repeat(200_000);
    assert.equal(decodeMessage(messageResource({content})).content, content);
  });

  it('keeps a moment to the millisecond, whatever its decimals', () => {
    const at = (created_at: string): string => decodeMessage(messageResource({created_at})).createdAt.toISOString();
    assert.equal(at('2026-01-31T09:30:00.1Z'), '2026-01-31T09:30:00.100Z');
    assert.equal(at('2026-01-31T09:30:00.123456789Z'), '2026-01-31T09:30:00.123Z');
    assert.equal(at('2026-01-31T09:30:00+0500'), '2026-01-31T04:30:00.000Z');
  });

  const wrong: readonly (readonly [string, unknown, string?])[] = [
    ['id', null],
    ['id', ''],
    ['id', 'x'.repeat(65)],
    ['id', Number.NaN],
    ['id', 1.5],
    ['id', 2 ** 53],
    ['id', {}],
    ['conversation_id', undefined],
    ['temp_id', true],
    ['temp_id', 'x'.repeat(65)],
    ['sender', null],
    ['sender', 45],
    ['sender', {name: 'x'}, 'message.sender.id'],
    ['sender', {id: 1, name: 5}, 'message.sender.name'],
    ['sender', {id: 1, avatar_url: 5}, 'message.sender.avatar_url'],
    ['content', undefined],
    ['content', null],
    ['content', ['a']],
    ['created_at', undefined],
    ['created_at', 1769851800],
    ['created_at', 'yesterday'],
    ['created_at', '2026-01-31 09:30:00'],
    ['created_at', '2026-13-31T09:30:00Z'],
    ['edited_at', 'soon'],
    ['position', '12'],
    ['position', -1],
    ['revision', 1.5],
    ['reply_to', 99],
    ['reply_to', {sender: {id: 1}}, 'message.reply_to.id'],
    ['attachments', {}],
    ['attachments', [attachmentResource({url: undefined})], 'message.attachments[0].url'],
    ['reactions', [{emoji: '👍', count: 'two'}], 'message.reactions[0].count'],
    ['reactions', [{emoji: '👍', count: 1, user_ids: [null]}], 'message.reactions[0].user_ids[0]'],
  ];
  for (const [key, value, path = `message.${key}`] of wrong) {
    it(`refuses ${key} = ${inspect(value).slice(0, 40)}, naming ${path}`, () =>
      assertShape(() => decodeMessage(messageResource({[key]: value})), path));
  }
});

describe('decodePerson', () => {
  it('shortens a name over 128 characters, and shows that it did', () => {
    const {name} = decodePerson({id: 1, name: '𝒜'.repeat(200)});
    assert.equal(Array.from(name).length, 128);
    assert.ok(name.endsWith('𝒜…'));
  });

  it('shortens at the same place, whatever the characters are', () => {
    for (const name of ['n'.repeat(129), '𝒜'.repeat(129), `${'n'.repeat(127)}𝒜𝒜`, 'n'.repeat(10_000)]) {
      assert.equal(Array.from(decodePerson({id: 1, name}).name).length, 128);
    }
  });

  it('leaves a name of 128 characters as it is', () => {
    for (const name of ['n'.repeat(128), '𝒜'.repeat(128)]) assert.equal(decodePerson({id: 1, name}).name, name);
  });

  it('lets through no URL that could run', () => {
    const avatar = (avatar_url: string): string | null => decodePerson({id: 1, name: 'x', avatar_url}).avatarUrl;
    for (const url of [
      'https://a.example/x.png',
      'http://a.example',
      '/me.png',
      'me.png',
      '//cdn.example/x',
      'blob:https://a.example/1',
    ]) {
      assert.equal(avatar(url), url);
    }
    for (const url of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      ' javascript:alert(1)',
      'java\nscript:alert(1)',
      '\u0001javascript:alert(1)',
      'data:text/html,<script>',
      'vbscript:x',
      'file:///etc/passwd',
      'http://[',
      '',
      `https://a.example/${'x'.repeat(9000)}`,
    ]) {
      assert.equal(avatar(url), null, url.slice(0, 40));
    }
  });
});

describe('decodeAttachment', () => {
  it('names a file whose URL must not be followed, and gives it none', () => {
    const attachment = decodeAttachment(attachmentResource({url: 'javascript:alert(1)'}));
    assert.equal(attachment.url, '');
    assert.equal(attachment.name, 'plan.png');
  });

  it('gives a file name more room, for its ending', () => {
    const name = `${'n'.repeat(200)}.png`;
    assert.equal(decodeAttachment(attachmentResource({name})).name, name);
    assert.equal(decodeAttachment(attachmentResource({name: name.repeat(2)})).name.length, 255);
  });

  it('fills in what may be absent', () => {
    const attachment = decodeAttachment({id: 1, url: '/f'});
    assert.deepEqual(attachment, {
      id: 1,
      name: '',
      mimeType: 'application/octet-stream',
      size: 0,
      url: '/f',
      thumbnailUrl: null,
      width: null,
      height: null,
    });
  });
});

describe('decodeConversation', () => {
  it('leaves out features that nobody knows', () => {
    const {features} = decodeConversation(conversationResource({features: ['edit', 'teleport', 'mention']}));
    assert.deepEqual(features, ['edit', 'mention']);
  });

  it('does with an id alone', () => {
    const conversation = decodeConversation({id: 7});
    assert.deepEqual(conversation, {
      id: 7,
      title: '',
      avatarUrl: null,
      participants: [],
      lastMessage: null,
      unreadCount: 0,
      revision: null,
      features: [],
    });
  });

  it('refuses wrong types', () => {
    assertShape(() => decodeConversation(conversationResource({unread_count: '2'})), 'conversation.unread_count');
    assertShape(() => decodeConversation(conversationResource({participants: 5})), 'conversation.participants');
    assertShape(
      () => decodeConversation(conversationResource({last_message: {id: 1}})),
      'conversation.last_message.conversation_id',
    );
    assertShape(() => decodeConversation(conversationResource({features: [1]})), 'conversation.features[0]');
  });
});
