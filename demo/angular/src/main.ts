import {provideZonelessChangeDetection} from '@angular/core';
import {bootstrapApplication} from '@angular/platform-browser';
import {ChatComponent, SESSION} from './chat.component.js';
import {signIn} from './sign-in.js';

signIn()
  .then((session) =>
    bootstrapApplication(ChatComponent, {
      providers: [provideZonelessChangeDetection(), {provide: SESSION, useValue: session}],
    }),
  )
  .catch((error: unknown) => console.error(error));
