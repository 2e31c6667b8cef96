import {ChangeDetectionStrategy, Component, inject, InjectionToken, signal} from '@angular/core';
import {CHAT_ELEMENTS, type ChatMessageReceivedEvent, type WsStateChangeEvent} from 'ws-chat-elements/angular';
import type {Session} from './sign-in.js';

/** Who is signed in. */
export const SESSION = new InjectionToken<Session>('session');

@Component({
  selector: 'demo-chat',
  imports: [CHAT_ELEMENTS],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <header>
      The connection is <output>{{ state() }}</output>.
      @if (news()) {
        Just in: {{ news() }}
      }
      <button (click)="isShown.set(!isShown())">{{ isShown() ? 'Hide the chat' : 'Show the chat' }}</button>
    </header>
    <chat-connection
      app-key="demo-key"
      scheme="http"
      [wsHost]="session.server.hostname"
      [wsPort]="port"
      [apiBase]="apiBase"
      [authEndpoint]="authEndpoint"
      [userId]="session.user.id"
      [token]="session.token"
      (ws-state-change)="followState($event)"
    >
      @if (isShown()) {
        <chat-conversation [conversationId]="1" (chat-message-received)="showNews($event)" />
      }
    </chat-connection>
  `,
})
export class ChatComponent {
  protected readonly session = inject(SESSION);
  protected readonly port = Number(this.session.server.port);
  protected readonly apiBase = new URL('/api', this.session.server).href;
  protected readonly authEndpoint = new URL('/broadcasting/auth', this.session.server).href;
  protected readonly state = signal('idle');
  protected readonly news = signal<string | undefined>(undefined);
  protected readonly isShown = signal(true);

  protected followState({detail}: WsStateChangeEvent): void {
    this.state.set(detail.state);
  }

  protected showNews({detail}: ChatMessageReceivedEvent): void {
    this.news.set(detail.message.content);
  }
}
