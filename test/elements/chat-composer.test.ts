import {aTimeout, expect, fixture, html, oneEvent} from '@open-wc/testing';
import '../../src/define/chat-composer.js';
import type {ChatComposerElement} from '../../src/elements/chat-composer.js';
import {registerLocale} from '../../src/i18n/index.js';
import {arabic} from '../../src/i18n/locales/ar.js';
import {Listener} from '../a11y/listener.js';
import {textOf, within} from '../support/chat.js';
import {contrast, shown} from '../support/contrast.js';
import {frames} from './messages.js';
import {collectWarnings} from '../support/warnings.js';
import {still} from '../support/still.js';

describe('<chat-composer>', () => {
  const field = (el: ChatComposerElement) => within<HTMLTextAreaElement>(el, '[part=input]');
  const button = (el: ChatComposerElement) => within<HTMLButtonElement>(el, '[part=send-button]');
  const composer = (template = html`<chat-composer></chat-composer>`) => fixture<ChatComposerElement>(template);

  async function write(el: ChatComposerElement, text: string): Promise<void> {
    field(el).value = text;
    field(el).dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
    await el.updateComplete;
  }

  /** `legacyCode` is the deprecated key code, the only trace that Safari leaves of a composition. */
  function press(el: ChatComposerElement, {legacyCode, ...init}: KeyboardEventInit & {legacyCode?: number} = {}): KeyboardEvent {
    const event = new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, composed: true, cancelable: true, ...init});
    if (legacyCode) Object.defineProperty(event, 'keyCode', {value: legacyCode});
    field(el).dispatchEvent(event);
    return event;
  }

  /** `types` are those of the text that the clipboard holds as well. */
  function paste(el: ChatComposerElement, files: readonly File[], ...types: readonly string[]): Event {
    const clipboardData = new DataTransfer();
    for (const file of files) clipboardData.items.add(file);
    for (const type of types) clipboardData.setData(type, 'A1');
    const event = new Event('paste', {bubbles: true, composed: true, cancelable: true});
    field(el).dispatchEvent(Object.defineProperty(event, 'clipboardData', {value: clipboardData}));
    return event;
  }

  function submissions(el: ChatComposerElement): string[] {
    const sent: string[] = [];
    el.addEventListener('chat-submit', ({detail}) => sent.push(detail.content));
    return sent;
  }

  it('leaves a document without a root in peace, as document.write makes of it, and speaks its language once it has one', async () => {
    registerLocale(arabic);
    const [el] = [await composer(), await composer()];
    const errors: string[] = [];
    const hear = ({message}: ErrorEvent): unknown => errors.push(message);
    addEventListener('error', hear);
    const root = document.documentElement;
    root.remove();
    document.append(root);
    removeEventListener('error', hear);
    expect(errors).to.deep.equal([]);
    root.lang = 'ar';
    await frames();
    expect(field(el).placeholder).to.equal(arabic.placeholder);
    root.lang = 'en';
  });

  it('sends what was written on Enter, and empties itself', async () => {
    const el = await composer();
    const sent = submissions(el);
    await write(el, '  hello\nworld ');
    expect(press(el).defaultPrevented).to.equal(true);
    await el.updateComplete;
    expect(sent).to.deep.equal(['hello\nworld']);
    expect(field(el).value).to.equal('');
  });

  it('sends what stands in its field, also if a tool has put it there without an event', async () => {
    const el = await composer();
    const sent = submissions(el);
    field(el).value = 'dictated';
    press(el);
    await write(el, 'typed');
    field(el).value = 'typed and corrected';
    press(el);
    await el.updateComplete;
    expect(sent).to.deep.equal(['dictated', 'typed and corrected']);
    expect(field(el).value).to.equal('');
  });

  it('leads the keyboard to the field once it has sent, and does not take it from there when its button is pressed', async () => {
    const el = await composer();
    await write(el, 'hello');
    const pressed = new MouseEvent('mousedown', {bubbles: true, composed: true, cancelable: true});
    expect(button(el).dispatchEvent(pressed), 'which would close the keyboard of a phone').to.equal(false);
    button(el).focus();
    button(el).click();
    expect(el.shadowRoot!.activeElement === field(el)).to.equal(true);
  });

  it('sends what a page has just given it', async () => {
    const el = await composer();
    const sent = submissions(el);
    el.value = 'given';
    press(el);
    expect(sent).to.deep.equal(['given']);
  });

  it('tells of its text by `input`, also that it has emptied itself, for those who keep it as a model', async () => {
    const el = await composer();
    const values: string[] = [];
    el.addEventListener('input', () => values.push(el.value));
    await write(el, 'hello');
    press(el);
    expect(values).to.deep.equal(['hello', '']);
  });

  it('breaks the line on Shift+Enter', async () => {
    const el = await composer();
    const sent = submissions(el);
    await write(el, 'hello');
    expect(press(el, {shiftKey: true}).defaultPrevented).to.equal(false);
    expect(sent).to.deep.equal([]);
  });

  it('leaves an Enter to the page that has taken it, as for choosing from a list of names', async () => {
    const el = await composer();
    const sent = submissions(el);
    await write(el, '@an');
    el.addEventListener('keydown', (event) => event.preventDefault(), {capture: true, once: true});
    press(el);
    expect(sent).to.deep.equal([]);
    expect(field(el).value).to.equal('@an');
    press(el);
    expect(sent, 'the next Enter sends').to.deep.equal(['@an']);
  });

  it('does not send while a composition is open', async () => {
    const el = await composer();
    const sent = submissions(el);
    await write(el, 'にほん');
    expect(press(el, {isComposing: true}).defaultPrevented).to.equal(false);
    expect(sent).to.deep.equal([]);
  });

  it('does not take the Enter that ends a composition in Safari for one that sends', async () => {
    const el = await composer();
    const sent = submissions(el);
    await write(el, '日本');
    field(el).dispatchEvent(new CompositionEvent('compositionend', {data: '日本', bubbles: true}));
    press(el, {legacyCode: 229});
    expect(sent).to.deep.equal([]);
    press(el, {legacyCode: 13});
    expect(sent, 'the next Enter sends').to.deep.equal(['日本']);
  });

  it('never sends nothing, or only spaces', async () => {
    const el = await composer();
    const sent = submissions(el);
    for (const text of ['', '  \n\t ', '\u0000\u200b'.slice(0, 1)]) {
      await write(el, text);
      press(el);
      button(el).click();
    }
    expect(sent).to.deep.equal([]);
    expect(button(el).getAttribute('aria-disabled')).to.equal('true');
  });

  it('fills its button only when there is something to send', async () => {
    const el = await composer();
    expect(button(el).classList.contains('main')).to.equal(false);
    await write(el, 'a');
    expect(button(el).classList.contains('main')).to.equal(true);
  });

  it('keeps what is too long, and says by how much', async () => {
    const el = await composer(html`<chat-composer max-length="10"></chat-composer>`);
    const sent = submissions(el);
    await write(el, 'x'.repeat(12));
    press(el);
    expect(sent).to.deep.equal([]);
    expect(field(el).value).to.have.length(12);
    expect(textOf(el, '[part=note]')).to.equal('2 characters too long. The limit is 10.');
    expect(textOf(el, '[role=alert]')).to.contain('too long');
    expect(field(el).getAttribute('aria-invalid')).to.equal('true');
    await write(el, 'x'.repeat(10));
    press(el);
    expect(sent).to.have.length(1);
  });

  it('says near the limit how many characters are left, and has that read out once, not with every key', async () => {
    const el = await composer(html`<chat-composer max-length="20"></chat-composer>`);
    const noteAt = async (length: number): Promise<string> => {
      await write(el, 'x'.repeat(length));
      return `${textOf(el, '[part=note]')} / ${textOf(el, '[role=alert]')}`;
    };
    expect(await noteAt(17)).to.equal(' / ');
    expect(await noteAt(18)).to.equal('2 characters left / 2 characters left');
    expect(await noteAt(19)).to.equal('1 character left / 2 characters left');
    expect(field(el).getAttribute('aria-invalid'), 'it can be sent').to.equal('false');
    expect(await noteAt(3)).to.equal(' / ');
  });

  it('leaves the cursor where it is when something else about it changes', async () => {
    const el = await composer();
    await write(el, 'hello');
    field(el).focus();
    field(el).setSelectionRange(2, 2);
    el.placeholder = 'Write';
    await el.updateComplete;
    expect(field(el).selectionStart).to.equal(2);
  });

  it('lets each text take its own direction, and the placeholder that of the page', async () => {
    const el = await composer();
    expect(field(el).hasAttribute('dir')).to.equal(false);
    await write(el, '\u0633\u0644\u0627\u0645');
    expect(field(el).matches(':dir(rtl)')).to.equal(true);
  });

  it('keeps a paste of 100 kB whole', async () => {
    const el = await composer();
    await write(el, 'word '.repeat(20_000));
    expect(field(el).value).to.have.length(100_000);
    expect(textOf(el, '[part=note]')).to.contain('too long');
  });

  it('says that control characters will be left out, and leaves them out', async () => {
    const el = await composer();
    const sent = submissions(el);
    await write(el, 'a\u0000b\u202Ec');
    expect(textOf(el, '[part=note]')).to.contain('control characters');
    expect(field(el).getAttribute('aria-invalid'), 'it can be sent').to.equal('false');
    press(el);
    expect(sent).to.deep.equal(['abc']);
  });

  it('tells that somebody is writing, but not of spaces', async () => {
    const el = await composer();
    let told = 0;
    el.addEventListener('chat-typing', () => (told += 1));
    await write(el, '  ');
    expect(told).to.equal(0);
    await write(el, 'a');
    expect(told).to.equal(1);
  });

  it('takes back what whoever hears of it could not take', async () => {
    const el = await composer();
    el.addEventListener('chat-submit', ({detail}) => (el.value = detail.content));
    await write(el, 'again');
    press(el);
    await el.updateComplete;
    expect(field(el).value).to.equal('again');
  });

  it('grows with its text to six lines and not farther', async () => {
    const el = await composer();
    const one = field(el).offsetHeight;
    el.value = 'a\nb\nc';
    await el.updateComplete;
    const three = field(el).offsetHeight;
    el.value = 'a\n'.repeat(30);
    await el.updateComplete;
    const most = field(el).offsetHeight;
    el.value = '';
    await el.updateComplete;
    expect(three).to.be.greaterThan(one + 30);
    expect(most).to.be.within(three + 30, one + 6 * 24);
    expect(field(el).offsetHeight, 'and back').to.equal(one);
  });

  it('leaves most of a low window to what is above it, be that one of large letters or a phone with its keyboard', async () => {
    const el = await composer();
    // The window of a test cannot be made lower, but its letters larger.
    el.style.fontSize = `${innerHeight / 12}px`;
    el.value = 'a\n'.repeat(30);
    await el.updateComplete;
    expect(field(el).offsetHeight).to.be.at.most(innerHeight * 0.3 + 1);
  });

  it('shows that its field has the keyboard, with a light accent, too', async () => {
    const box = await fixture<HTMLElement>(html`<div><chat-composer></chat-composer></div>`);
    box.style.colorScheme = 'light';
    box.style.setProperty('--chat-accent', 'gold');
    const el = box.querySelector('chat-composer')!;
    await el.updateComplete;
    field(el).focus();
    await still();
    expect(field(el).matches(':focus-visible')).to.equal(true);
    expect(contrast(shown(getComputedStyle(field(el)).borderTopColor), shown('white'))).to.be.at.least(3);
  });

  it('has letters so large that no phone zooms in', async () => {
    const el = await composer();
    expect(parseFloat(getComputedStyle(field(el)).fontSize)).to.be.at.least(16);
  });

  it('offers files only with accept, lists them and lets them be removed', async () => {
    const el = await composer();
    expect(el.shadowRoot!.querySelector('[part=attach-button]')).to.equal(null);
    el.accept = 'image/*';
    await el.updateComplete;
    expect(el.shadowRoot!.querySelector('[part=files]'), 'no list of none').to.equal(null);
    el.files = [new File(['a'], 'a.png', {type: 'image/png'}), new File(['b'], 'b.png', {type: 'image/png'})];
    await el.updateComplete;
    expect(within(el, '[part=attach-button]')).to.exist;
    expect(textOf(el, '[part=files]')).to.contain('a.png').and.contain('b.png');
    within<HTMLButtonElement>(el, '[part=files] button').click();
    await el.updateComplete;
    expect(el.files.map(({name}) => name)).to.deep.equal(['b.png']);
  });

  it('leads the keyboard from a file that is removed to the field, and keeps another of the same name', async () => {
    const el = await composer(html`<chat-composer accept="*/*"></chat-composer>`);
    const [first, second] = [new File(['1'], 'image.png'), new File(['2'], 'image.png')];
    el.files = [first, second];
    await el.updateComplete;
    const remove = within<HTMLButtonElement>(el, '[part=files] button');
    remove.focus();
    remove.click();
    await el.updateComplete;
    expect(el.files.length === 1 && el.files[0] === second).to.equal(true);
    expect(el.shadowRoot!.activeElement === field(el)).to.equal(true);
  });

  it('takes the files that are chosen with its button, the same again after it was removed', async () => {
    const el = await composer(html`<chat-composer accept="image/*"></chat-composer>`);
    const chooser = within<HTMLInputElement>(el, 'input[type=file]');
    let opened = 0;
    chooser.click = () => (opened += 1);
    within<HTMLButtonElement>(el, '[part=attach-button]').click();
    expect(opened).to.equal(1);
    const chosen = new DataTransfer();
    chosen.items.add(new File(['a'], 'a.png', {type: 'image/png'}));
    chooser.files = chosen.files;
    chooser.dispatchEvent(new Event('change', {bubbles: true}));
    expect(el.files.map(({name}) => name)).to.deep.equal(['a.png']);
    expect(chooser.files, 'or choosing it again would be no change').to.have.length(0);
    expect(el.shadowRoot!.activeElement).to.equal(field(el));
  });

  it('grows with its files no farther than leaves room for the field', async () => {
    const el = await composer(html`<chat-composer accept="*/*"></chat-composer>`);
    el.files = Array.from({length: 40}, (_, n) => new File(['a'], `a-picture-of-our-holidays-${n}.jpeg`));
    await el.updateComplete;
    expect(el.offsetHeight).to.be.below(innerHeight / 2);
    const list = within(el, '[part=files]');
    expect(list.getAttribute('role'), 'one without marks is none in Safari').to.equal('list');
    const last = within(el, '[part=files] li:last-child button');
    last.focus();
    // WebKit brings it into view with the next frame.
    await frames(2);
    expect(last.getBoundingClientRect().bottom, 'what has the keyboard is in view').to.be.at.most(
      list.getBoundingClientRect().bottom + 1,
    );
  });

  it('refuses a file that is too large, in words', async () => {
    const el = await composer(html`<chat-composer accept="*/*" max-file-size="3"></chat-composer>`);
    paste(el, [new File(['12345'], 'big.txt'), new File(['1'], 'ok.txt')]);
    await el.updateComplete;
    expect(el.files.map(({name}) => name)).to.deep.equal(['ok.txt']);
    expect(textOf(el, '[part=note]')).to.equal('big.txt is too large. The limit is 3 bytes.');
    expect(field(el).getAttribute('aria-invalid')).to.equal('true');
    await write(el, 'a');
    expect(textOf(el, '[part=note]'), 'once something is written').to.equal('');
  });

  it('says again that the text is too long, and by how much by now, when it is to be sent', async () => {
    const el = await composer(html`<chat-composer max-length="3"></chat-composer>`);
    await write(el, 'abcd');
    await write(el, 'abcdef');
    const listener = new Listener(el);
    for (const time of ['once', 'twice', 'three times']) {
      press(el);
      await el.updateComplete;
      expect(listener.take(), time).to.deep.equal(['3 characters too long. The limit is 3.']);
    }
    listener.stop();
  });

  it('says each time which files were added, and which were refused', async () => {
    const el = await composer(html`<chat-composer accept=".png"></chat-composer>`);
    await el.updateComplete;
    const listener = new Listener(el);
    const say = async (...names: readonly string[]): Promise<string[]> => {
      paste(
        el,
        names.map((name) => new File(['1'], name)),
      );
      await el.updateComplete;
      return listener.take();
    };
    expect(await say('a.png', 'b.png')).to.deep.equal(['Attached files: a.png, b.png']);
    expect(await say('image.png')).to.deep.equal(['Attached files: image.png']);
    expect(await say('image.png'), 'as pictures from a clipboard are called').to.deep.equal(['Attached files: image.png']);
    const refusal = 'a.exe is not a kind of file that can be sent here.';
    expect(await say('a.exe')).to.deep.equal([refusal]);
    expect(await say('a.exe'), 'the same again').to.deep.equal([refusal]);
    el.files = [];
    await el.updateComplete;
    expect(textOf(el, '[aria-live]')).to.equal('');
    listener.stop();
  });

  it('lets no name of a file turn the sentence around that refuses it, nor its own parts', async () => {
    registerLocale(arabic);
    const refusal = async (lang: string, name: string): Promise<Text> => {
      const box = await fixture(
        html`<div lang=${lang} dir=${lang === 'ar' ? 'rtl' : 'ltr'}><chat-composer accept="image/*"></chat-composer></div>`,
      );
      const el = box.querySelector('chat-composer')!;
      await el.updateComplete;
      paste(el, [new File(['1'], name)]);
      await el.updateComplete;
      const texts = [...within(el, '[part=note]').childNodes].filter((node) => node instanceof Text);
      return texts.find(({data}) => data !== '')!;
    };
    const leftOf = (text: Text, part: string): number => {
      const range = new Range();
      range.setStart(text, text.data.indexOf(part));
      range.setEnd(text, text.data.indexOf(part) + 1);
      return range.getBoundingClientRect().left;
    };
    const english = await refusal('en', '\u202egpj.exe');
    expect(english.data).to.equal('gpj.exe is not a kind of file that can be sent here.');
    const mixed = await refusal('en', '\u0645\u0644\u0641 2.exe');
    expect(leftOf(mixed, 'exe'), 'the ending of a name in Arabic').to.be.lessThan(leftOf(mixed, '2'));
    const inArabic = await refusal('ar', '2026-01.pdf');
    expect(leftOf(inArabic, '2026'), 'the beginning of a name in Arabic words').to.be.lessThan(leftOf(inArabic, 'pdf'));
  });

  it('leaves text to the field that comes with its picture, as from a table or a word processor', async () => {
    const el = await composer(html`<chat-composer accept="*/*"></chat-composer>`);
    expect(paste(el, [new File(['1'], 'a.png')], 'text/plain', 'text/html').defaultPrevented).to.equal(false);
    expect(el.files).to.have.length(0);
    // A file that was copied comes with its name, and a picture of a page with its markup.
    for (const type of ['text/plain', 'text/html']) {
      expect(paste(el, [new File(['1'], 'a.png')], type).defaultPrevented, type).to.equal(true);
    }
    expect(el.files).to.have.length(2);
  });

  it('takes files that are dropped, and shows while they are held over it that it would', async () => {
    const el = await composer(html`<chat-composer accept="*/*"></chat-composer>`);
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['1'], 'a.png'));
    const drag = (type: string): boolean =>
      field(el).dispatchEvent(new DragEvent(type, {bubbles: true, composed: true, cancelable: true, dataTransfer}));
    expect(drag('dragover'), 'the page keeps what it would do').to.equal(false);
    expect(getComputedStyle(within(el, 'form')).outlineStyle).to.equal('dashed');
    drag('dragleave');
    expect(getComputedStyle(within(el, 'form')).outlineStyle).to.equal('none');
    expect(drag('drop')).to.equal(false);
    expect(el.files.map(({name}) => name)).to.deep.equal(['a.png']);
    dataTransfer.items.clear();
    dataTransfer.setData('text/plain', 'words');
    expect(drag('dragover') && drag('drop'), 'text, which is the field’s own affair').to.equal(true);
    dataTransfer.items.add(new File(['1'], 'b.png'));
    el.disabled = true;
    drag('drop');
    expect(el.files, 'while disabled').to.have.length(1);
  });

  it('keeps the page from giving way to a file that is dropped where none is taken', async () => {
    const el = await composer();
    const drag = (type: string, ...types: readonly string[]): boolean => {
      const dataTransfer = new DataTransfer();
      if (types.includes('Files')) dataTransfer.items.add(new File(['1'], 'a.png'));
      else for (const one of types) dataTransfer.setData(one, 'words');
      return field(el).dispatchEvent(new DragEvent(type, {bubbles: true, composed: true, cancelable: true, dataTransfer}));
    };
    for (const type of ['dragover', 'drop']) {
      expect(drag(type, 'Files'), type).to.equal(false);
      expect(drag(type, 'text/plain'), `${type} of text, which is the field’s own affair`).to.equal(true);
    }
    expect(el.files).to.have.length(0);
  });

  it('goes on showing that it takes what is held over it, from one thing in it to another', async () => {
    const el = await composer(html`<chat-composer accept="*/*"></chat-composer>`);
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['1'], 'a.png'));
    const drag = (target: Element, type: string) =>
      target.dispatchEvent(new DragEvent(type, {bubbles: true, composed: true, cancelable: true, dataTransfer}));
    const isShown = () => getComputedStyle(within(el, 'form')).outlineStyle === 'dashed';
    drag(field(el), 'dragenter');
    drag(field(el), 'dragover');
    drag(button(el), 'dragenter');
    drag(field(el), 'dragleave');
    expect(isShown()).to.equal(true);
    drag(button(el), 'dragleave');
    expect(isShown()).to.equal(false);
  });

  it('takes no folder, which cannot be sent, and says so', async () => {
    const el = await composer(html`<chat-composer accept="*/*"></chat-composer>`);
    const [folder, file] = [new File([], 'holidays'), new File(['1'], 'a.png')];
    // No script makes a DataTransfer with a folder in it.
    const items = [
      {kind: 'string', webkitGetAsEntry: () => null},
      {kind: 'file', webkitGetAsEntry: () => ({isDirectory: true})},
      {kind: 'file', webkitGetAsEntry: () => ({isDirectory: false})},
    ];
    const dataTransfer = {types: ['Files'], files: [folder, file], items};
    field(el).dispatchEvent(Object.assign(new Event('drop', {bubbles: true, composed: true, cancelable: true}), {dataTransfer}));
    await el.updateComplete;
    expect(el.files).to.deep.equal([file]);
    expect(textOf(el, '[part=note]')).to.equal('holidays is not a kind of file that can be sent here.');
  });

  it('gives no file back while it is disabled, as what takes the keyboard then is disabled, too', async () => {
    const el = await composer(html`<chat-composer accept="*/*" disabled .files=${[new File(['1'], 'a.png')]}></chat-composer>`);
    const remove = within<HTMLButtonElement>(el, '[part=files] button');
    remove.click();
    await el.updateComplete;
    expect(el.files).to.have.length(1);
    el.disabled = false;
    await el.updateComplete;
    remove.click();
    await el.updateComplete;
    expect(el.files).to.have.length(0);
  });

  it('leaves pasted files to the page that has taken them', async () => {
    const el = await composer(html`<chat-composer accept="*/*"></chat-composer>`);
    const take = (event: Event): void => event.preventDefault();
    el.addEventListener('paste', take, {capture: true});
    paste(el, [new File(['1'], 'a.png')]);
    expect(el.files).to.have.length(0);
    el.removeEventListener('paste', take, {capture: true});
    paste(el, [new File(['1'], 'a.png')]);
    expect(el.files).to.have.length(1);
  });

  it('takes no file once accept is gone again', async () => {
    const el = await composer(html`<chat-composer accept="*/*"></chat-composer>`);
    el.removeAttribute('accept');
    await el.updateComplete;
    const {defaultPrevented} = paste(el, [new File(['1'], 'a.png')]);
    expect(el.files).to.have.length(0);
    expect(defaultPrevented, 'the field keeps what is text in it').to.equal(false);
  });

  it('says no more of files that were refused once the page sets others, as for another conversation', async () => {
    const el = await composer(html`<chat-composer accept="image/*"></chat-composer>`);
    const file = new File(['1'], 'a.png', {type: 'image/png'});
    paste(el, [file, new File(['1'], 'a.txt')]);
    await el.updateComplete;
    expect(textOf(el, '[part=note]')).to.equal('a.txt is not a kind of file that can be sent here.');
    expect(textOf(el, '[aria-live]')).to.contain('a.png');
    el.files = [];
    await el.updateComplete;
    expect([textOf(el, '[part=note]'), textOf(el, '[role=alert]'), textOf(el, '[aria-live]')]).to.deep.equal(['', '', '']);
  });

  it('is empty once a framework has taken its text back', async () => {
    const el = await composer(html`<chat-composer value="hello"></chat-composer>`);
    for (const value of [undefined, null]) {
      Object.assign(el, {value});
      await el.updateComplete;
      expect([el.value, field(el).value]).to.deep.equal(['', '']);
      await write(el, 'hello again');
    }
  });

  it('goes on without files that a framework has taken back', async () => {
    const el = await composer();
    Object.assign(el, {files: undefined});
    await el.updateComplete;
    expect(el.files).to.deep.equal([]);
    await write(el, 'hello');
    expect(field(el).value).to.equal('hello');
  });

  it('warns once of files that are no array, such as those of an input, and goes on without', async () => {
    const warnings = collectWarnings();
    const el = await composer(html`<chat-composer accept="*/*"></chat-composer>`);
    const chosen = new DataTransfer();
    chosen.items.add(new File(['1'], 'ok.txt'));
    for (const files of [chosen.files, chosen.files[0]]) {
      Object.assign(el, {files});
      await el.updateComplete;
      expect(el.files).to.deep.equal([]);
    }
    warnings.restore();
    expect(warnings.texts).to.have.length(1);
    expect(warnings.texts[0]).to.contain('<chat-composer> files cannot work');
  });

  it('warns of entries that are no files, such as a blob without a name, and keeps the others', async () => {
    const warnings = collectWarnings();
    const el = await composer(html`<chat-composer accept="*/*"></chat-composer>`);
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const {File: FileOfFrame} = frame.contentWindow as unknown as {File: typeof File};
    const [own, foreign] = [new File(['1'], 'ok.txt'), new FileOfFrame(['2'], 'of-a-frame.txt')];
    Object.assign(el, {files: [new Blob(['3']), own, undefined, foreign]});
    await el.updateComplete;
    warnings.restore();
    expect(el.files.map(({name}) => name)).to.deep.equal(['ok.txt', 'of-a-frame.txt']);
    expect(textOf(el, '[part=files]')).to.contain('ok.txt').and.contain('of-a-frame.txt');
    expect(warnings.texts).to.have.length(1);
    expect(warnings.texts[0]).to.contain('<chat-composer> files cannot work');
    frame.remove();
  });

  it('sends files without a word', async () => {
    const el = await composer(html`<chat-composer accept="*/*"></chat-composer>`);
    const file = new File(['1'], 'ok.txt');
    el.files = [file];
    await el.updateComplete;
    const event = oneEvent(el, 'chat-submit');
    button(el).click();
    expect((await event).detail).to.deep.equal({content: '', files: [file]});
    expect(el.files).to.deep.equal([]);
  });

  it('does nothing while disabled', async () => {
    const el = await composer(html`<chat-composer value="hello" disabled></chat-composer>`);
    const sent = submissions(el);
    press(el);
    expect(sent).to.deep.equal([]);
    expect([field(el).disabled, button(el).disabled]).to.deep.equal([true, true]);
  });

  it('puts the cursor into the field of one that was disabled until right before', async () => {
    const el = await composer(html`<chat-composer disabled></chat-composer>`);
    el.disabled = false;
    el.focus();
    expect(el.matches(':focus-within')).to.equal(true);
  });

  it('puts the cursor into the field, before its first update too', async () => {
    const el = document.createElement('chat-composer');
    document.body.append(el);
    el.focus();
    await el.updateComplete;
    await aTimeout(0);
    expect(el.shadowRoot!.activeElement).to.equal(field(el));
    field(el).blur();
    el.focus();
    expect(el.shadowRoot!.activeElement, 'after it, at once').to.equal(field(el));
    el.remove();
  });

  it('warns once of a length that is none, and goes on with the usual one', async () => {
    const warnings = collectWarnings();
    const el = await composer(html`<chat-composer max-length="many"></chat-composer>`);
    el.maxLength = -1;
    await el.updateComplete;
    warnings.restore();
    expect(warnings.texts).to.have.length(1);
    expect(warnings.texts[0]).to.contain('<chat-composer>').and.contain('max-length');
    expect(el.maxLength).to.equal(4000);
  });

  it('goes back to the usual lengths without a word when its own are taken back', async () => {
    const warnings = collectWarnings();
    const el = await composer(html`<chat-composer max-length="5"></chat-composer>`);
    el.removeAttribute('max-length');
    el.maxFileSize = undefined as never;
    await el.updateComplete;
    warnings.restore();
    expect([el.maxLength, el.maxFileSize]).to.deep.equal([4000, 10_000_000]);
    expect(warnings.texts).to.deep.equal([]);
  });

  it('speaks the language of the page, and changes with it', async () => {
    const {registerLocale} = await import('../../src/i18n/index.js');
    registerLocale((await import('../../src/i18n/locales/uz.js')).default);
    const box = await fixture(html`<div lang="uz-UZ"><chat-composer></chat-composer></div>`);
    const el = box.querySelector('chat-composer')!;
    await el.updateComplete;
    expect(field(el).placeholder).to.equal('Xabar');
  });

  it('is accessible: empty, filled, too long, with files', async () => {
    const el = await composer(html`<chat-composer accept="*/*" max-length="5"></chat-composer>`);
    await still();
    await expect(el).to.be.accessible();
    el.value = 'hello there';
    el.files = [new File(['1'], 'ok.txt')];
    await el.updateComplete;
    await still();
    await expect(el).to.be.accessible();
  });
});
