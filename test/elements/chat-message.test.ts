import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import '../../src/define/chat-message.js';
import type {ChatMessageElement} from '../../src/elements/chat-message.js';
import type {ChatMessageActionEvent} from '../../src/elements/dom-events.js';
import {english} from '../../src/i18n/index.js';
import {ApiError, forgetWarnings, type MessageInput, type MessageStatus} from '../../src/model/index.js';
import {message} from './messages.js';
import {contrast, shown as colourOf} from '../support/contrast.js';
import {still} from '../support/still.js';

describe('<chat-message>', () => {
  const shown = async (more: Partial<MessageInput> = {}, own = false): Promise<ChatMessageElement> =>
    fixture<ChatMessageElement>(html`<chat-message ?own=${own} .message=${message(1, more)}></chat-message>`);
  const part = (el: ChatMessageElement, name: string) => el.shadowRoot!.querySelector<HTMLElement>(`[part="${name}"]`);
  const content = (el: ChatMessageElement) => part(el, 'content')!;
  const links = (el: ChatMessageElement) => [...el.shadowRoot!.querySelectorAll<HTMLAnchorElement>('[part="link"]')];
  const button = (el: ChatMessageElement, words: string) =>
    [...el.shadowRoot!.querySelectorAll('button')].find((candidate) => candidate.textContent.trim() === words)!;

  it('shows who wrote what, and when', async () => {
    const el = await shown({content: 'Good morning'});
    expect(part(el, 'author')!.textContent).to.equal('Ana');
    expect(content(el).textContent).to.equal('Good morning');
    expect(part(el, 'time')!.getAttribute('datetime')).to.equal('2026-01-05T09:10:00.000Z');
    expect(part(el, 'avatar')!.textContent).to.equal('A');
  });

  it('shows a name by the letters that it is written with, from the first one on', async () => {
    const sender = {id: 3, name: '\u202eilA \u200fVali'};
    const el = await shown({sender, replyTo: {id: 9, sender, content: 'Shall we?'}});
    expect(part(el, 'author')!.textContent).to.equal('ilA Vali');
    expect(part(el, 'avatar')!.textContent).to.equal('IV');
    expect(part(el, 'quote')!.querySelector('bdi')!.textContent).to.equal('ilA Vali');
    el.message = message(1, {sender: {id: 3, name: '\u200f'}});
    await el.updateComplete;
    expect(part(el, 'author')!.textContent).to.equal('Somebody');
  });

  it('shows what somebody without a name wrote, with whatever a page has in its place', async () => {
    for (const name of [undefined, null]) {
      const el = await shown({content: 'hello', sender: {id: 3, name} as unknown as MessageInput['sender']});
      expect(part(el, 'author')!.textContent).to.equal('Somebody');
      expect(content(el).textContent).to.equal('hello');
    }
  });

  it('keeps a long text unfolded when its message is stored, and folds the next that it is given', async () => {
    const long = {content: 'word '.repeat(5000), tempId: null};
    const el = await shown({...long, id: 't1', tempId: 't1'});
    button(el, 'Show more').click();
    await el.updateComplete;
    const isFoldedWith = async (more: Partial<MessageInput>): Promise<boolean> => {
      el.message = message(1, {...long, ...more});
      await el.updateComplete;
      return el.shadowRoot!.querySelector('.more') !== null;
    };
    expect(await isFoldedWith({id: 7, tempId: 't1'}), 'stored').to.equal(false);
    expect(await isFoldedWith({id: 7}), 'as the server knows it').to.equal(false);
    expect(await isFoldedWith({id: 8}), 'another').to.equal(true);
  });

  it('shows nothing without a message', async () => {
    const el = await fixture<ChatMessageElement>(html`<chat-message></chat-message>`);
    expect(el.shadowRoot!.textContent.trim()).to.equal('');
  });

  it('writes no attribute that is there already, which in a long list is a part of what a row costs', async () => {
    const el = document.createElement('chat-message');
    for (const name of ['own', 'grouped']) el.setAttribute(name, '');
    el.message = message(1);
    const written: (string | null)[] = [];
    const watch = new MutationObserver((records) => written.push(...records.map(({attributeName}) => attributeName)));
    watch.observe(el, {attributes: true});
    await fixture(html`${el}`);
    expect(written).to.deep.equal([]);
    el.grouped = false;
    el.own = false;
    await el.updateComplete;
    expect(el.hasAttribute('own') || el.hasAttribute('grouped'), 'by script they still go').to.equal(false);
    el.own = true;
    await el.updateComplete;
    expect(el.hasAttribute('own'), 'and come').to.equal(true);
  });

  it('is not followed by the next of a group where a framework takes that back', async () => {
    const el = await fixture<ChatMessageElement>(html`<chat-message .continued=${undefined}></chat-message>`);
    expect(el.continued).to.be.false;
  });

  it('names the author only at the beginning of a group, but always for a screen reader', async () => {
    const el = await fixture<ChatMessageElement>(html`<chat-message grouped .message=${message(1)}></chat-message>`);
    expect(part(el, 'author')).to.not.exist;
    expect(el.shadowRoot!.querySelector('.visually-hidden')!.textContent).to.contain('Ana');
    const own = await shown({}, true);
    expect(part(own, 'author'), 'nobody needs to be told who they are').to.not.exist;
    expect(own.shadowRoot!.querySelector('.visually-hidden')!.textContent).to.contain('You').and.not.contain('Ana');
  });

  it('shows what a page gives no time for', async () => {
    for (const createdAt of [undefined, '', 'soon'] as string[]) {
      const el = await shown({content: 'hello', createdAt});
      expect(content(el).textContent).to.equal('hello');
      expect(part(el, 'time')).to.not.exist;
    }
  });

  it('keeps the line breaks of a text, and wraps a word that is too long', async () => {
    const el = await shown({content: `one\ntwo\n${'w'.repeat(400)}`});
    expect(content(el).textContent).to.contain('one\ntwo');
    expect(content(el).getClientRects().length).to.be.greaterThan(3);
    expect(el.scrollWidth).to.be.at.most(el.clientWidth);
  });

  it('lets each text have its own direction', async () => {
    const el = await shown({content: 'مرحبا بالعالم'});
    expect(getComputedStyle(content(el).parentElement!).direction).to.equal('rtl');
  });

  describe('links', () => {
    it('lead away safely', async () => {
      const [link] = links(await shown({content: 'see https://example.com/a?b=c.'}));
      expect(link!.href).to.equal('https://example.com/a?b=c');
      expect(link!.rel).to.equal('noopener noreferrer nofollow ugc');
      expect(link!.target).to.equal('_blank');
    });

    it('run from left to right in a text that does not', async () => {
      const [link] = links(await shown({content: 'انظر https://example.com/a/'}));
      expect(getComputedStyle(link!.parentElement!).direction).to.equal('rtl');
      expect(getComputedStyle(link!).direction).to.equal('ltr');
    });

    it('say where they really lead when that is not what they show', async () => {
      const el = await shown({content: 'https://google.com@evil.example/ and https://pаypal.com/'});
      expect(content(el).textContent).to.contain('(evil.example)').and.contain('(xn--pypal-4ve.com)');
    });

    it('leave the text as it was written', async () => {
      const text = '  a https://example.com/x  b\n\twww.example.org!';
      const el = await shown({content: text});
      expect(content(el).textContent).to.equal(text);
    });
  });

  describe('the status of an own message', () => {
    for (const status of ['queued', 'sending', 'sent', 'delivered', 'read', 'failed'] satisfies MessageStatus[]) {
      it(`says ${status} once, in words, and calls it no picture`, async () => {
        const el = await shown({status}, true);
        const words = part(el, 'status')!.title;
        const heard = [...el.shadowRoot!.querySelectorAll('.stack span')].filter(
          (span) => span.childElementCount === 0 && span.textContent === words && !span.closest('[aria-hidden]'),
        );
        expect(heard).to.have.length(1);
        expect(el.shadowRoot!.querySelector('[role=img]')).to.not.exist;
        await still();
        await expect(el).to.be.accessible();
      });
    }

    it('is not shown on what others write', async () => {
      expect(part(await shown({status: 'read'}), 'status')).to.not.exist;
    });

    it('says why sending failed, and asks for another try or to let it go', async () => {
      const el = await shown({status: 'failed', error: new ApiError('too-large', 'nope')}, true);
      expect(part(el, 'why')!.textContent).to.contain('Not sent').and.contain('It is too large.');
      const again = oneEvent<ChatMessageActionEvent>(el, 'chat-message-action');
      button(el, 'Try again').click();
      expect((await again).detail.action).to.equal('retry');
      const gone = oneEvent<ChatMessageActionEvent>(el, 'chat-message-action');
      button(el, 'Discard').click();
      const {action, message: which} = (await gone).detail;
      expect([action, which.id]).to.deep.equal(['discard', 1]);
    });
  });

  it('that was not sent says so where a page has a reason of its own', async () => {
    for (const error of [new Error('Too long'), 'Too long']) {
      const el = await shown({status: 'failed', error: error as unknown as ApiError}, true);
      expect(part(el, 'why')!.querySelector('span')!.textContent).to.equal('Not sent');
    }
  });

  describe('a text that is very long', () => {
    it('is shown whole when asked for', async () => {
      const text = `${'All of it. '.repeat(3000)}The end.`;
      const el = await shown({content: text});
      expect(content(el).textContent.length).to.be.lessThan(5000);
      button(el, 'Show more').click();
      await el.updateComplete;
      expect(content(el).textContent).to.equal(text);
      expect(button(el, 'Show more')).to.equal(undefined);
    });

    it('is cut within a letter that carries thousands of marks, which would freeze the page', async () => {
      const text = `Salom, e${'\u0301'.repeat(9_000)} and on`;
      const el = await shown({content: text});
      expect(content(el).textContent).to.equal(`Salom, e${'\u0301'.repeat(99)}`);
      button(el, 'Show more').click();
      await el.updateComplete;
      expect(content(el).textContent).to.equal(text);
      const whole = await shown({content: `e${'\u0301'.repeat(99)} `.repeat(99)});
      expect(button(whole, 'Show more')).to.equal(undefined);
    });

    it('shows on the own colour, too, that the button has the keyboard', async () => {
      const el = await shown({content: 'long '.repeat(5000)}, true);
      button(el, 'Show more').focus({focusVisible: true} as FocusOptions);
      const ring = getComputedStyle(button(el, 'Show more')).outlineColor;
      const under = getComputedStyle(part(el, 'bubble')!).backgroundColor;
      expect(contrast(colourOf(ring), colourOf(under))).to.be.at.least(3);
    });

    it('is also one of very many lines', async () => {
      const el = await shown({content: 'a\n'.repeat(1000)});
      expect(button(el, 'Show more')).to.exist;
      expect(content(el).textContent.split('\n')).to.have.length(40);
    });

    it('is not cut within an emoji', async () => {
      const el = await shown({content: `${'a'.repeat(2999)}${'🎉'.repeat(10_000)}`});
      expect(content(el).textContent).to.equal('a'.repeat(2999));
    });

    it('has no link where it is folded within an address', async () => {
      const address = `https://example.com/${'x'.repeat(100)}`;
      const el = await shown({content: `${'a '.repeat(1470)}${address} ${'b '.repeat(10_000)}`});
      expect(content(el).textContent).to.contain('https://example.com/');
      expect(links(el)).to.deep.equal([]);
      button(el, 'Show more').click();
      await el.updateComplete;
      expect(links(el).map(({href}) => href)).to.deep.equal([address]);
    });

    it('is not one that is a little long', async () => {
      const el = await shown({content: 'word '.repeat(1500)});
      expect(button(el, 'Show more')).to.equal(undefined);
    });
  });

  describe('what belongs to a message', () => {
    it('has a bubble around words, and around emoji with a quote or files', async () => {
      const replyTo = {id: 9, sender: {id: 3, name: 'Bob'}, content: 'Lunch?'};
      const attachments = [
        {
          id: 1,
          name: 'a.pdf',
          url: '/a.pdf',
          mimeType: 'application/pdf',
          size: 1,
          thumbnailUrl: null,
          width: null,
          height: null,
        },
      ];
      const colours = async (more: Partial<MessageInput>): Promise<string> =>
        getComputedStyle(part(await shown(more), 'bubble')!).backgroundColor;
      const none = await colours({content: '👍'});
      expect(none).to.equal('rgba(0, 0, 0, 0)');
      for (const more of [{content: 'hello'}, {replyTo}, {attachments}] as readonly Partial<MessageInput>[]) {
        expect(await colours({content: '👍', ...more}), Object.keys(more)[0]).not.to.equal(none);
      }
    });

    it('looks other than the rest when it was not sent or is deleted, and has no picture beside it when it is own', async () => {
      const colourOfBubble = (el: ChatMessageElement) => getComputedStyle(part(el, 'bubble')!).backgroundColor;
      const usual = await shown({}, true);
      const failed = await shown({status: 'failed'}, true);
      const deleted = await shown({deletedAt: new Date()}, true);
      expect(new Set([usual, failed, deleted].map(colourOfBubble)).size).to.equal(3);
      expect(part(usual, 'avatar')).to.equal(null);
    });

    it('is large and bare when it is up to three emoji', async () => {
      for (const text of ['🎉', '👍🏽 ❤️', '👨‍👩‍👧‍👦🇺🇿1️⃣', ' ☝🏽 ', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}']) {
        const el = await shown({content: text});
        expect(getComputedStyle(content(el)).fontSize, text).to.equal('32px');
      }
      for (const text of ['🎉🎉🎉🎉', '1', '#', 'ok 👍', '©', '']) {
        const el = await shown({content: text});
        expect(getComputedStyle(content(el)).fontSize, text).to.equal('15px');
      }
    });

    it('is bare emoji with the time below them, both at the side where the message stands', async () => {
      for (const dir of ['ltr', 'rtl'] as const) {
        for (const own of [false, true]) {
          const box = await fixture(html`<div dir=${dir}></div>`);
          const sender = {id: 3, name: 'Wolfeschlegelsteinhausen'};
          const el = Object.assign(document.createElement('chat-message'), {message: message(1, {content: '🎉', sender}), own});
          box.append(el);
          await el.updateComplete;
          const side = (dir === 'rtl') === own ? 'left' : 'right';
          const at = [part(el, 'bubble')!, content(el), el.shadowRoot!.querySelector('.meta')!];
          const [bubble, emoji, meta] = at.map((each) => each.getBoundingClientRect()[side]);
          expect(emoji, `emoji, ${dir}, ${own ? 'own' : 'not own'}`).to.be.closeTo(bubble!, 0.1);
          expect(meta, `time, ${dir}, ${own ? 'own' : 'not own'}`).to.be.closeTo(bubble!, 0.1);
        }
      }
    });

    it('is, where it failed, two ways out that stay beside each other', async () => {
      const el = await shown({status: 'failed', error: new ApiError('too-large', 'The message is too large.')}, true);
      for (let width = 260; width <= 520; width += 20) {
        el.parentElement!.style.inlineSize = `${width}px`;
        const tops = [...el.shadowRoot!.querySelectorAll('button')].map((each) => each.getBoundingClientRect().top);
        expect(tops[0], `${width} px`).to.equal(tops[1]);
      }
    });

    it('are the reactions, with their counts', async () => {
      const el = await shown({
        reactions: [
          {emoji: '👍', count: 3, userIds: [1, 2, 3]},
          {emoji: '🎉', count: 1, userIds: [2]},
          {emoji: '😮', count: 0, userIds: []},
        ],
      });
      expect(part(el, 'reactions')!.textContent.replace(/\s+/g, ' ').trim()).to.equal('👍 3🎉');
      const labels = [...part(el, 'reactions')!.children].map((one) => one.getAttribute('aria-label'));
      expect(labels).to.deep.equal([english.reaction('👍', 3), english.reaction('🎉', 1)]);
      await still();
      await expect(el).to.be.accessible();
    });

    it('are reactions below the bubble, and not below the picture beside it', async () => {
      const el = await shown({reactions: [{emoji: '👍', count: 3, userIds: [1, 2, 3]}]});
      const [bubble, avatar] = ['bubble', 'avatar'].map((name) => part(el, name)!.getBoundingClientRect().bottom);
      // An engine may round the height of a line.
      expect(avatar).to.be.closeTo(bubble!, 1);
    });

    it('are counted in the figures of its language', async () => {
      const {registerLocale} = await import('../../src/i18n/index.js');
      registerLocale({locale: 'fa', direction: 'rtl'});
      const reactions = [{emoji: '👍', count: 3, userIds: [1, 2, 3]}];
      const box = await fixture(html`<div lang="fa"><chat-message .message=${message(1, {reactions})}></chat-message></div>`);
      expect(part(box.querySelector('chat-message')!, 'reactions')!.textContent).to.contain('۳');
    });

    it('are files, as links only where the address is safe', async () => {
      const file = {mimeType: 'text/plain', size: 2048, thumbnailUrl: null, width: null, height: null};
      const el = await shown({
        attachments: [
          {...file, id: 1, name: 'notes.txt', url: 'https://files.example/1'},
          {...file, id: 2, name: 'evil.txt', url: 'javascript:alert(1)'},
          {...file, id: 3, name: 'photo\u202egpj.exe', url: 'data:text/html,x'},
        ],
      });
      const all = [...el.shadowRoot!.querySelectorAll('[part="attachment"]')];
      expect(all.map((one) => one.getAttribute('href'))).to.deep.equal(['https://files.example/1', null, null]);
      expect(all[0]!.getAttribute('download')).to.equal('notes.txt');
      expect(all[0]!.getAttribute('target')).to.equal('_blank');
      expect(all[0]!.getAttribute('rel')).to.equal('noopener noreferrer nofollow ugc');
      expect(all[2]!.textContent).to.contain('photogpj.exe');
      expect(all[0]!.getAttribute('title'), 'said twice to a screen reader').to.equal(null);
      await still();
      await expect(el).to.be.accessible();
    });

    const file = {
      id: 1,
      name: 'a.txt',
      mimeType: 'text/plain',
      size: 1,
      url: '/a',
      thumbnailUrl: null,
      width: null,
      height: null,
    };

    it('is nothing where there are neither files nor reactions that anybody chose', async () => {
      const el = await shown({attachments: [], reactions: [{emoji: '👍', count: 0, userIds: []}]});
      expect(el.shadowRoot!.querySelector('ul, [part=reactions]')).to.equal(null);
    });

    it('are files that the page may open itself', async () => {
      const el = await shown({attachments: [{...file, url: '#a'}]});
      const asked: unknown[] = [];
      const opened: boolean[] = [];
      el.addEventListener('click', (event) => {
        opened.push(!event.defaultPrevented);
        event.preventDefault();
      });
      part(el, 'attachment')!.click();
      el.addEventListener('chat-attachment-open', (event) => {
        asked.push(event.detail.attachment.id);
        event.preventDefault();
      });
      part(el, 'attachment')!.click();
      expect(opened).to.deep.equal([true, false]);
      expect(asked).to.deep.equal([1]);
    });

    it('are files without a size where a page or a server knows none', async () => {
      const sizes = [0, null, undefined, 2048] as number[];
      const el = await shown({attachments: sizes.map((size, id) => ({...file, id, size}))});
      const said = [...el.shadowRoot!.querySelectorAll('.file-size')].map(({textContent}) => textContent);
      expect(said).to.deep.equal(['', '', '', '2 kB']);
    });

    it('are a list in Safari too, which takes one without marks for none', async () => {
      const el = await shown({attachments: [file, {...file, id: 2}]});
      const lists = [...el.shadowRoot!.querySelectorAll('ul')];
      expect(lists.map((list) => [getComputedStyle(list).listStyleType, list.getAttribute('role')])).to.deep.equal([
        ['none', 'list'],
      ]);
    });

    it('are pictures, with the same room on both sides whatever their shape', async () => {
      for (const [width, height] of [
        [1600, 900],
        [3000, 300],
        [900, 1600],
      ] as const) {
        const thumbnailUrl = Object.assign(document.createElement('canvas'), {width, height}).toDataURL();
        const attachments = [{id: 1, name: 'a.png', mimeType: 'image/png', size: 1, url: '/a.png', thumbnailUrl, width, height}];
        const el = await shown({content: '', attachments}, true);
        el.parentElement!.style.inlineSize = '1200px';
        const picture = el.shadowRoot!.querySelector('img')!;
        if (!picture.complete) await oneEvent(picture, 'load');
        const [bubble, inner] = [part(el, 'bubble')!, picture].map((box) => box.getBoundingClientRect());
        expect(bubble!.right - inner!.right, `${width} x ${height}`).to.be.closeTo(inner!.left - bubble!.left, 1);
      }
    });

    it('are pictures that have their room before they come', async () => {
      for (const [width, height] of [
        [1600, 900],
        [3000, 300],
        [900, 1600],
        [120, 80],
      ] as const) {
        const thumbnailUrl = Object.assign(document.createElement('canvas'), {width, height}).toDataURL();
        const file = {id: 1, name: 'a.png', mimeType: 'image/png', size: 1, url: '/a.png', width, height};
        const pictureOf = async (url: string, top: string): Promise<HTMLImageElement> => {
          const el = await shown({content: 'Look', attachments: [{...file, thumbnailUrl: url}]}, true);
          Object.assign(el.parentElement!.style, {inlineSize: '400px', position: 'absolute', top});
          return el.shadowRoot!.querySelector('img')!;
        };
        // So far below the window that a browser does not ask for it yet.
        const awaited = await pictureOf('/never.png', '200000px');
        const there = await pictureOf(thumbnailUrl, '0');
        if (!there.complete) await oneEvent(there, 'load');
        const [before, after] = [awaited, there].map((picture) => picture.getBoundingClientRect());
        expect(before!.width, `width of ${width} x ${height}`).to.be.closeTo(after!.width, 1);
        expect(before!.height, `height of ${width} x ${height}`).to.be.closeTo(after!.height, 1);
      }
    });

    it('are pictures that are shown as they are, whatever the server has said of them', async () => {
      const thumbnailUrl = Object.assign(document.createElement('canvas'), {width: 90, height: 120}).toDataURL();
      const turned = {id: 1, name: 'a.png', mimeType: 'image/png', size: 1, url: '/a.png', width: 1600, height: 1200};
      const el = await shown({attachments: [{...turned, thumbnailUrl}]}, true);
      el.parentElement!.style.inlineSize = '400px';
      const picture = el.shadowRoot!.querySelector('img')!;
      if (picture.hasAttribute('width')) await oneEvent(picture, 'load');
      expect([picture.offsetWidth, picture.offsetHeight]).to.deep.equal([90, 120]);
    });

    it('are pictures that give their room back when they cannot be had', async () => {
      const broken = {id: 1, name: 'a.png', mimeType: 'image/png', size: 1, url: '/a.png', width: 1600, height: 1200};
      const el = await shown({attachments: [{...broken, thumbnailUrl: 'data:image/png;base64,AAAA'}]}, true);
      el.parentElement!.style.inlineSize = '400px';
      const picture = el.shadowRoot!.querySelector('img')!;
      if (picture.hasAttribute('width')) await oneEvent(picture, 'error');
      expect(picture.offsetHeight).to.be.below(100);
    });

    it('are pictures that are named, and that tell nobody where they are shown', async () => {
      const picture = {id: 1, name: 'Us\u202egnp.png', mimeType: 'image/png', url: '/a.png', width: 1, height: 1};
      const thumbnailUrl = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).toDataURL();
      const el = await shown({attachments: [2048, 0].map((size) => ({...picture, size, thumbnailUrl}))});
      const [sized, unsized] = [...el.shadowRoot!.querySelectorAll('[part="attachment"]')];
      expect(sized!.getAttribute('title')).to.equal(english.attachment('Usgnp.png', '2 kB'));
      expect(unsized!.getAttribute('title')).to.equal(null);
      expect(sized!.getAttribute('download')).to.equal('Usgnp.png');
      const image = sized!.querySelector('img')!;
      expect([image.alt, image.referrerPolicy]).to.deep.equal(['Usgnp.png', 'no-referrer']);
    });

    it('are files whose names can be read in an own bubble, whatever the accent', async () => {
      const file = {id: 1, name: 'a.pdf', mimeType: 'application/pdf', size: 1000, url: 'https://files.example/1'};
      const el = await shown({attachments: [{...file, thumbnailUrl: null, width: null, height: null}]}, true);
      el.parentElement!.style.colorScheme = 'light';
      const context = document.createElement('canvas').getContext('2d', {willReadFrequently: true})!;
      for (const accent of ['#757575', '#0a7d55', '#c2187a', '#d0451b']) {
        el.parentElement!.style.setProperty('--chat-accent', accent);
        for (const name of ['bubble', 'attachment']) {
          context.fillStyle = getComputedStyle(part(el, name)!).backgroundColor;
          context.fillRect(0, 0, 1, 1);
        }
        const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
        expect(contrast(colourOf(getComputedStyle(part(el, 'attachment')!).color), [r, g, b]), accent).to.be.at.least(4.5);
      }
    });

    it('is the message it answers to', async () => {
      const el = await shown({replyTo: {id: 9, sender: {id: 3, name: 'Ben'}, content: 'Shall we?'}});
      expect(part(el, 'quote')!.textContent).to.contain('Ben').and.contain('Shall we?');
      const asked = oneEvent<ChatMessageActionEvent>(el, 'chat-message-action');
      part(el, 'quote')!.click();
      expect((await asked).detail.action).to.equal('open-reply');
      await still();
      await expect(el).to.be.accessible();
    });

    it('names once whose message it answers to, as they are known', async () => {
      for (const [sender, name, isYou] of [
        [{id: 3, name: 'Ben'}, 'Ben', false],
        [{id: '1', name: 'Ali'}, 'You', true],
        [{id: 3, name: ''}, 'Somebody', false],
      ] as const) {
        const el = await shown({replyTo: {id: 9, sender, content: 'Shall we?'}});
        el.currentUserId = 1;
        await el.updateComplete;
        const [said, author] = [...part(el, 'quote')!.children];
        expect(said!.textContent).to.equal(english.repliedTo(name, isYou));
        expect([author!.textContent, author!.getAttribute('aria-hidden')]).to.deep.equal([name, 'true']);
      }
    });

    it('is a quote that begins where its own language does', async () => {
      const el = await shown({replyTo: {id: 9, sender: {id: 3, name: 'Ben'}, content: 'مرحبا'}});
      expect(getComputedStyle(part(el, 'quote')!.lastElementChild!).direction).to.equal('rtl');
    });

    it('is a mark when it was edited', async () => {
      expect((await shown({editedAt: new Date()})).shadowRoot!.textContent).to.contain('edited');
      expect((await shown()).shadowRoot!.textContent).not.to.contain('edited');
    });

    it('is neither mark nor note where a page has an empty time', async () => {
      const el = await shown({editedAt: '', deletedAt: ''});
      expect(content(el).textContent).to.equal('Message 1');
      expect(el.shadowRoot!.textContent).not.to.contain('edited');
    });

    it('is nothing but a note when it was deleted', async () => {
      const deletedAt = new Date();
      const reactions = [{emoji: '👍', count: 1, userIds: [1]}];
      const el = await shown({content: 'secret', deletedAt, editedAt: deletedAt, reactions}, true);
      expect(el.shadowRoot!.textContent).to.contain('deleted').and.not.contain('secret').and.not.contain('👍');
      expect(el.shadowRoot!.textContent).not.to.contain('edited');
      expect(part(el, 'status')).to.not.exist;
    });

    it('is no picture from a stranger', async () => {
      const el = await shown({sender: {id: 2, name: 'Ana', avatarUrl: 'https://stranger.example/track.png'}});
      expect(el.shadowRoot!.querySelector('img')).to.not.exist;
    });
  });

  it('warns once of what is no message, and shows nothing', async () => {
    forgetWarnings();
    const said: unknown[] = [];
    const {warn} = console;
    console.warn = (...args: unknown[]) => said.push(args.join(' '));
    try {
      for (const nonsense of [7, 'text', {id: 1}, []]) {
        const el = await fixture<ChatMessageElement>(html`<chat-message .message=${nonsense}></chat-message>`);
        expect(el.shadowRoot!.textContent.trim()).to.equal('');
      }
    } finally {
      console.warn = warn;
    }
    expect(said).to.have.length(1);
    expect(said[0]).to.contain('<chat-message>').and.contain('message');
  });

  it('is accessible', async () => {
    const el = await shown({content: 'Read https://example.com/ please'});
    await still();
    await expect(el).to.be.accessible();
    const own = await shown({content: 'Read https://example.com/ please'}, true);
    await still();
    await expect(own).to.be.accessible();
  });
});
