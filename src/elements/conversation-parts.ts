/** The parts of the elements in a conversation, under the names by which a page styles them: `child__part`. */
export const PARTS = {
  list: [
    exported('message-list', ['scroller', 'row', 'date-divider', 'unread-divider', 'jump-button', 'hint']),
    exported('message', [
      'bubble',
      'author',
      'avatar',
      'content',
      'link',
      'quote',
      'attachment',
      'time',
      'status',
      'reactions',
      'why',
    ]),
  ].join(', '),
  typing: exported('typing-indicator', ['base', 'text', 'dots']),
  banner: exported('status-banner', ['banner', 'retry-button']),
  dialog: exported('error-dialog', ['dialog']),
  toast: exported('toast', ['toast', 'dismiss-button']),
  composer: exported('composer', ['base', 'input', 'send-button', 'attach-button', 'files', 'note']),
} as const;

/** The value of `exportparts` for the parts of a child. */
function exported(child: string, parts: readonly string[]): string {
  return parts.map((part) => `${part}: ${child}__${part}`).join(', ');
}
