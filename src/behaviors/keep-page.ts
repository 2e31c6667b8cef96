/**
 * Keeps a file that is dropped where nobody takes it from opening in place of the page. To be called at each `dragover` and `drop`;
 * whoever takes files, here or around it, does so all the same.
 */
export function keepPage(event: DragEvent): void {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
}
