import type {ApiError} from '../model/index.js';

/** Whether a backend says that it does not have a route, and so need not be asked again. */
export function isOfMissingRoute({code, status}: ApiError): boolean {
  return status === null ? code === 'not-found' : [404, 405, 501].includes(status);
}
