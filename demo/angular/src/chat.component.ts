import {Component, CUSTOM_ELEMENTS_SCHEMA, inject, InjectionToken, signal} from '@angular/core';
import type {ChatMessageReceivedEvent, WsStateChangeEvent} from 'ws-chat-elements';
import type {Session} from './sign-in.js';

/** Who is signed in. */
export const SESSION = new InjectionToken<Session>('session');

@Component({
  selector: 'demo-chat',
  // Lets Angular take tags that it does not know, and set their properties.
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <header>
      The connection is <output>{{ state() }}</output>.
      @if (news()) {
        Just in: {{ news() }}
      }
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
      <chat-conversation conversation-id="1" (chat-message-received)="showNews($event)" />
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

  protected followState({detail}: WsStateChangeEvent): void {
    this.state.set(detail.state);
  }

  protected showNews({detail}: ChatMessageReceivedEvent): void {
    this.news.set(detail.message.content);
  }
}
