/** What the packages say about themselves is there only once they are installed, which only `--others` needs. */
declare module 'deep-chat';
declare module 'vue-advanced-chat' {
  export function register(): void;
}
