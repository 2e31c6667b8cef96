import {sameId, type Id} from '../model/index.js';
import type {FakeBackend} from './fake-backend.js';
import type {FakeRoom} from './fake-room.js';
import {HttpError, invalid} from './http-error.js';
import type {Signatures} from './signatures.js';
import {readAttachment, readContent, readDraft, readIds, readLimit, readText} from './request-body.js';
import type {WireMessage, WireUser} from './wire.js';

/** A request whose sender is known. */
export interface RouteRequest {
  readonly user: WireUser;
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface RouteAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** What the routes work on. */
export interface RouteContext {
  readonly backend: FakeBackend;
  readonly signatures: Signatures;
  /** Whether there is a `changes` route. */
  readonly changes: boolean;
  /** Whether a person may join a channel; `undefined` leaves it to the rules of the contract. */
  readonly authorize: ((user: WireUser, channel: string) => boolean) | undefined;
}

type Route = (context: RouteContext, request: RouteRequest) => RouteAnswer;

/** Every route of the contract but the one to sign in, which needs no person: method, path, what it does. */
export const ROUTES: readonly (readonly [method: string, path: RegExp, route: Route])[] = [
  ['POST', /^\/broadcasting\/auth$/u, authorizeChannel],
  ['GET', /^\/api\/conversations$/u, listConversations],
  ['GET', /^\/api\/conversations\/([^/]+)$/u, showConversation],
  ['GET', /^\/api\/conversations\/([^/]+)\/messages$/u, listMessages],
  ['GET', /^\/api\/conversations\/([^/]+)\/changes$/u, listChanges],
  ['POST', /^\/api\/conversations\/([^/]+)\/messages$/u, postMessage],
  ['PATCH', /^\/api\/messages\/([^/]+)$/u, editMessage],
  ['DELETE', /^\/api\/messages\/([^/]+)$/u, deleteMessage],
  ['PUT', /^\/api\/messages\/([^/]+)\/reactions\/([^/]+)$/u, (context, request) => react(context, request, true)],
  ['DELETE', /^\/api\/messages\/([^/]+)\/reactions\/([^/]+)$/u, (context, request) => react(context, request, false)],
  ['POST', /^\/api\/conversations\/([^/]+)\/read$/u, markRead],
  ['POST', /^\/api\/conversations\/([^/]+)\/typing$/u, typing],
  ['POST', /^\/api\/attachments$/u, upload],
];

function authorizeChannel({backend, signatures, authorize}: RouteContext, {user, body}: RouteRequest): RouteAnswer {
  const socketId = readText(body, 'socket_id');
  const channel = readText(body, 'channel_name');
  if (!(authorize?.(user, channel) ?? mayJoin(backend, user, channel))) throw new HttpError(403);
  const channelData = channel.startsWith('presence-') ? JSON.stringify(memberOf(user)) : null;
  const auth = signatures.sign({socketId, channel, channelData});
  return {status: 200, body: channelData === null ? {auth} : {auth, channel_data: channelData}};
}

function memberOf(user: WireUser): object {
  return {user_id: String(user.id), user_info: {id: user.id, name: user.name, avatar_url: user.avatar_url}};
}

function mayJoin(backend: FakeBackend, user: WireUser, channel: string): boolean {
  const [, kind, id] = /^(?:private|presence)-(user|conversation)\.(.+)$/u.exec(channel) ?? [];
  if (kind === 'user') return sameId(id, user.id);
  if (kind === 'conversation') return backend.rooms.get(id ?? '')?.has(user) ?? false;
  return true;
}

function listConversations({backend}: RouteContext, {user, query}: RouteRequest): RouteAnswer {
  const rooms = [...backend.rooms.values()].filter((room) => room.has(user)).sort((a, b) => lastAt(b) - lastAt(a));
  const from = Number(query.get('cursor') ?? 0);
  const to = from + readLimit(query);
  const data = rooms.slice(from, to).map((room) => room.toWire(user));
  return {status: 200, body: {data, next_cursor: to < rooms.length ? String(to) : null}};
}

function lastAt(room: FakeRoom): number {
  return Date.parse(room.messages.at(-1)?.created_at ?? '') || 0;
}

function showConversation(context: RouteContext, request: RouteRequest): RouteAnswer {
  return {status: 200, body: {data: roomOf(context, request).toWire(request.user)}};
}

function listMessages(context: RouteContext, request: RouteRequest): RouteAnswer {
  const room = roomOf(context, request);
  const search = request.query.get('search')?.toLowerCase();
  const rows = search ? room.messages.filter((message) => message.content.toLowerCase().includes(search)) : room.messages;
  const [from, to] = rangeOf(room, rows, request.query);
  const page = {has_more_before: from > 0, has_more_after: to < rows.length, revision: room.revision};
  return {status: 200, body: {data: rows.slice(from, to), ...page}};
}

/** From which row up to but not including which other one a page goes. */
function rangeOf(room: FakeRoom, rows: readonly WireMessage[], query: URLSearchParams): [from: number, to: number] {
  const limit = readLimit(query);
  const before = anchorOf(room, query.get('before'));
  const after = anchorOf(room, query.get('after'));
  const around = anchorOf(room, query.get('around'));
  if (after !== null) {
    const from = rows.filter((message) => message.position <= after).length;
    return [from, Math.min(rows.length, from + limit)];
  }
  if (around !== null) {
    const middle = rows.filter((message) => message.position < around).length;
    const from = Math.max(0, middle - Math.floor(limit / 2));
    return [from, Math.min(rows.length, from + limit)];
  }
  const to = rows.filter((message) => before === null || message.position < before).length;
  return [Math.max(0, to - limit), to];
}

function anchorOf(room: FakeRoom, id: string | null): number | null {
  if (id === null) return null;
  const message = room.find(id);
  if (!message) throw new HttpError(404);
  return message.position;
}

function listChanges(context: RouteContext, request: RouteRequest): RouteAnswer {
  if (!context.changes) throw new HttpError(404);
  const room = roomOf(context, request);
  const since = Number(request.query.get('since') ?? 0);
  if (!Number.isInteger(since) || since < 0) throw invalid('since', 'The since field must be a revision.');
  if (since < room.forgottenUpTo || since > room.revision) {
    return {status: 200, body: {data: [], revision: room.revision, has_more: false, reset: true}};
  }
  const limit = readLimit(request.query, 100);
  const changes = room.changesSince(since);
  const data = changes.slice(0, limit);
  const hasMore = changes.length > limit;
  const revision = (hasMore ? data.at(-1)?.revision : undefined) ?? room.revision;
  return {status: 200, body: {data, revision, has_more: hasMore, reset: false}};
}

function postMessage(context: RouteContext, request: RouteRequest): RouteAnswer {
  const room = roomOf(context, request);
  const draft = readDraft(request.body, context.backend);
  const known = draft.tempId === null ? undefined : room.findByTempId(request.user, draft.tempId);
  if (known) return {status: 200, body: {data: known}};
  return {status: 201, body: {data: context.backend.post(room, {from: request.user, ...draft})}};
}

function editMessage(context: RouteContext, request: RouteRequest): RouteAnswer {
  const {room, message} = ownMessage(context, request);
  if (message.deleted_at) throw new HttpError(403);
  const content = readContent(request.body, message.attachments.length > 0);
  return {status: 200, body: {data: context.backend.edit(room, message, content)}};
}

function deleteMessage(context: RouteContext, request: RouteRequest): RouteAnswer {
  const {room, message} = ownMessage(context, request);
  return {status: 200, body: {data: context.backend.remove(room, message)}};
}

function react(context: RouteContext, request: RouteRequest, on: boolean): RouteAnswer {
  const {room, message} = messageOf(context, request);
  if (on && message.deleted_at) throw new HttpError(403);
  return {status: 200, body: {data: context.backend.react(room, message, request.params[1] ?? '', request.user, on)}};
}

function markRead(context: RouteContext, request: RouteRequest): RouteAnswer {
  context.backend.read(roomOf(context, request), request.user, readIds(request.body, 'message_ids'));
  return {status: 204};
}

function typing(context: RouteContext, request: RouteRequest): RouteAnswer {
  context.backend.typing(roomOf(context, request), request.user);
  return {status: 204};
}

function upload({backend}: RouteContext, {body}: RouteRequest): RouteAnswer {
  const attachment = readAttachment(body, backend.attachments.size + 1);
  backend.attachments.set(String(attachment.id), attachment);
  return {status: 201, body: {data: attachment}};
}

function roomOf({backend}: RouteContext, {user, params}: RouteRequest): FakeRoom {
  const room = backend.rooms.get(params[0] ?? '');
  if (!room) throw new HttpError(404);
  if (!room.has(user)) throw new HttpError(403);
  return room;
}

function messageOf({backend}: RouteContext, {user, params}: RouteRequest): {room: FakeRoom; message: WireMessage} {
  const found = backend.find(params[0] as Id);
  if (!found) throw new HttpError(404);
  if (!found.room.has(user)) throw new HttpError(403);
  return found;
}

function ownMessage(context: RouteContext, request: RouteRequest): {room: FakeRoom; message: WireMessage} {
  const found = messageOf(context, request);
  if (!sameId(found.message.sender.id, request.user.id)) throw new HttpError(403);
  return found;
}
