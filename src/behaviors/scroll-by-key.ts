/**
 * Lets Home and End lead to the ends of a scroller that has the focus itself; to be called at each `keydown` in it. The other keys
 * scroll as the browser has it. Keys within what is scrolled, or with a modifier, are left alone.
 */
export function scrollByKey(event: KeyboardEvent, toEnd: () => void): void {
  const scroller = event.currentTarget;
  if (!(scroller instanceof HTMLElement) || event.target !== scroller || event.defaultPrevented) return;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.key === 'End') toEnd();
  else if (event.key === 'Home') scroller.scrollTop = 0;
  else return;
  event.preventDefault();
}
