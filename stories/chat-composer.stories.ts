import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html, nothing} from 'lit';
import {expect, userEvent} from 'storybook/test';
import '../src/define/chat-composer.js';
import type {ChatComposerElement} from '../src/elements/chat-composer.js';
import {deep, inConversation} from './support.js';

type Args = Pick<ChatComposerElement, 'value' | 'placeholder' | 'disabled' | 'maxLength' | 'accept' | 'files'>;

const meta = {
  title: 'Elements/chat-composer',
  component: 'chat-composer',
  decorators: [inConversation],
  args: {value: '', placeholder: undefined, disabled: false, maxLength: 4000, accept: undefined, files: []},
  argTypes: {placeholder: {control: 'text'}, accept: {control: 'text'}, maxLength: {control: {type: 'number', min: 1}}},
  render: ({value, placeholder, disabled, maxLength, accept, files}) => html`
    <chat-composer
      .value=${value}
      placeholder=${placeholder ?? nothing}
      max-length=${maxLength}
      accept=${accept ?? nothing}
      .files=${files}
      ?disabled=${disabled}
    ></chat-composer>
  `,
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

/** The send button is there, and not filled. */
export const Empty: Story = {};

export const SomethingWritten: Story = {args: {value: 'On my way'}};

/** Enter asks the page to send; what was written stays until the page has taken it. */
export const SentByEnter: Story = {
  play: async ({canvasElement}) => {
    const composer = deep<ChatComposerElement>(canvasElement, 'chat-composer');
    const asked: string[] = [];
    composer.addEventListener('chat-submit', ({detail}) => asked.push(detail.content));
    await userEvent.type(deep(composer, 'textarea'), 'Hello{Enter}');
    await expect(asked).toEqual(['Hello']);
  },
};

/** It grows to six lines and scrolls from there. */
export const ManyLines: Story = {args: {value: Array.from({length: 12}, (_, n) => `Line ${n + 1}`).join('\n')}};

export const AlmostTooLong: Story = {args: {value: 'x'.repeat(95), maxLength: 100}};

/** Nothing is cut off: the word below says by how much it is too long. */
export const TooLong: Story = {args: {value: 'A word too many. '.repeat(10), maxLength: 100}};

export const WithControlCharacters: Story = {args: {value: 'pasted\u0000from somewhere'}};

export const WithFiles: Story = {
  args: {
    accept: '*/*',
    files: [
      new File(['x'.repeat(14_000)], 'kitchen.png', {type: 'image/png'}),
      new File(['x'], 'a file with a name that is far too long to be shown as a whole in here.pdf'),
    ],
  },
};

export const Disabled: Story = {args: {value: 'Not now', disabled: true}};
