/** The parts of the elements in a conversation, under the names by which a page styles them: `child__part`. */
export const PARTS = {
  list: exported('message-list', ['scroller', 'date-divider', 'unread-divider', 'jump-button'], 'message', [
    'bubble',
    'author',
    'avatar',
    'time',
    'status',
    'reactions',
  ]),
  typing: exported('typing-indicator', ['base', 'text', 'dots']),
  banner: exported('status-banner', ['banner', 'retry-button']),
  dialog: exported('error-dialog', ['dialog']),
  toast: exported('toast', ['toast', 'dismiss-button']),
  composer: exported('composer', ['base', 'input', 'send-button', 'attach-button', 'files', 'note']),
} as const;

/** The value of `exportparts`: the child's own parts, and those that it exports of a child of its own, under the names they have. */
function exported(child: string, parts: readonly string[], grandchild = '', inner: readonly string[] = []): string {
  return [...parts.map((part) => `${part}: ${child}__${part}`), ...inner.map((part) => `${grandchild}__${part}`)].join(', ');
}
