/**
 * Stands in for what is imported and never comes to be called: channels, the manager that counts the lives of a
 * transport (WebSockets have endless ones), statistics. It throws, so that a test would tell.
 */
export default function leftOut(): never {
  throw new Error('This part of pusher-js is left out.');
}
