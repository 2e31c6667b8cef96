/**
 * Prevents the browser from opening a file, in place of the page, that is dropped where nothing accepts it. To be called at each `dragover`
 * and `drop`. Elements that accept files still do so.
 */
export function keepPage(event: DragEvent): void {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
}
