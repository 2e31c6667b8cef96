import type {ChannelHandle} from '../connection/types.js';
import type {Recovery} from '../store/index.js';

/**
 * Tells a recovery whether the channels that its events come over are up. All of them must be, except those that are denied, as long as
 * one is left. Aborting the returned controller gives the channels back.
 */
export function followChannels(handles: readonly ChannelHandle[], recovery: Recovery): AbortController {
  const link = new AbortController();
  const look = (): void => {
    const wanted = handles.filter(({state}) => state !== 'denied');
    if (wanted.length > 0 && wanted.every(({state}) => state === 'subscribed')) recovery.linkUp();
    else recovery.linkDown();
  };
  for (const handle of handles) {
    handle.onStateChange(look, {signal: link.signal});
    link.signal.addEventListener('abort', () => handle.unsubscribe());
  }
  look();
  return link;
}
