import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import '../src/define/typing-indicator.js';
import type {TypingIndicatorElement} from '../src/elements/typing-indicator.js';
import {inConversation} from './support.js';

type Args = Pick<TypingIndicatorElement, 'users'>;

const people = (...names: string[]) => names.map((name, id) => ({id, name}));

const meta = {
  title: 'Elements/typing-indicator',
  component: 'typing-indicator',
  decorators: [inConversation],
  args: {users: people('Ada')},
  render: ({users}) => html`<typing-indicator .users=${users}></typing-indicator>`,
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

/** The region is empty but present, so that a screen reader hears the first name. */
export const Nobody: Story = {args: {users: []}};

export const OnePerson: Story = {};

export const TwoPeople: Story = {args: {users: people('Ada', 'Ben')}};

export const MoreThanFit: Story = {args: {users: people('Ada', 'Ben', 'Chidi', 'Dan')}};

/** Somebody whose name the server does not tell. */
export const WithoutAName: Story = {args: {users: people('')}};
