/**
 * Names of methods and fields that only the modules of the script call, and no page, no backend, no browser and no file beside the script:
 * the script may have them short. What is stored, or sent to another tab, must never stand here.
 */
export const INTERNAL_NAMES = [
  ...['abandon', 'acquire', 'applyTo', 'armGapTimer', 'blame', 'changesUnsupported', 'errorListeners', 'eventListeners'],
  ...['fetchChanges', 'fetchMessages', 'findFirst', 'followStorage', 'followTab', 'followerOf', 'forgetListeners', 'forgive'],
  ...['gapDue', 'gaveUp', 'holdChannels', 'infos', 'isUnderWay', 'joinUserChannel', 'linkDown', 'linkUp', 'mayChange'],
  ...['onDead', 'onDoubt', 'onDown', 'onLate', 'onStatus', 'onTokenDue', 'onUp', 'outboxFailed', 'outboxMoved', 'outboxSent'],
  ...['postponeToken', 'probe', 'pump', 'reaches', 'reachesStart', 'rebase', 'refuseToken', 'stateChanged', 'statusListeners'],
  ...['storageLost', 'takeConversation', 'takePage', 'takeParticipants', 'takeRead', 'tookChanges', 'tookMessages', 'underWay'],
  ...['waitAfter', 'waitForToken', 'waitWhenAsked', 'waitWhenHopeful', 'wakeListeners', 'writingTime'],
];
