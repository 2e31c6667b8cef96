import {Hono, type Context, type MiddlewareHandler} from 'hono';
import {methodNotAllowed} from 'hono/method-not-allowed';
import {forbidden, HttpError, unauthenticated} from '../http-error.js';
import {isAddressedHere} from '../origins.js';
import {attachmentRoutes, downloadRoutes} from './attachments.js';
import {limitBody} from './body-limit.js';
import {broadcastingRoutes} from './broadcasting.js';
import {conversationRoutes} from './conversations.js';
import {loopbackCors} from './cors.js';
import type {Environment, Services} from './environment.js';
import {faultRoutes} from './faults.js';
import {faultyAuth, faultyRest} from './faulty.js';
import {messageRoutes} from './messages.js';
import {sessionRoutes} from './session.js';
import {triggerRoutes} from './triggers.js';

/** What surrounds the file in a multipart body. */
const MULTIPART_OVERHEAD = 4096;

/** All routes of the server. Under `/api` and at `/broadcasting/auth` everything but signing in needs a token. */
export function createApp(services: Services, options: {faults: boolean}): Hono<Environment> {
  const {limits} = services.config;
  const app = new Hono<Environment>();
  const guard = requireUser(services);

  app.onError((error, context) => answerError(error, context, services.config.quiet));
  app.notFound((context) => context.json({message: 'Not found.'}, 404));
  app.use(loopbackCors, secureHeaders);
  if (!services.config.exposed) app.use(requireOwnName);
  app.use(limitBody((path) => (path === '/api/attachments' ? limits.uploadBytes + MULTIPART_OVERHEAD : limits.bodyBytes)));
  app.use(methodNotAllowed({app, onMethodNotAllowed: refuseMethod}));

  app.use('/api/*', faultyRest(services.faults));
  app.use('/api/*', (context, next) =>
    context.req.path === '/api/login' ? next() : guard(context as Context<Environment, string>, next),
  );
  app.use('/broadcasting/auth', faultyAuth(services.faults), guard);

  app.get('/up', (context) => context.json({health: 'OK'}));
  app.route('/api', sessionRoutes(services));
  app.route('/api', conversationRoutes(services));
  app.route('/api', messageRoutes(services));
  app.route('/api', attachmentRoutes(services));
  app.route('/', downloadRoutes(services));
  app.route('/', broadcastingRoutes(services));
  app.route('/', triggerRoutes(services));
  if (options.faults) app.route('/', faultRoutes(services));
  return app;
}

/** Lets through who bears a valid token, and remembers whose it is. */
function requireUser({tokens, users}: Services): MiddlewareHandler<Environment> {
  return async (context, next) => {
    const [, token] = /^Bearer (\S{1,200})$/i.exec(context.req.header('authorization') ?? '') ?? [];
    const valid = token === undefined ? undefined : tokens.verify(token);
    const user = valid && users.find(valid.userId);
    if (!valid || !user) throw unauthenticated();
    context.set('user', user);
    context.set('tokenId', valid.id);
    await next();
  };
}

/** Lets nobody in who has come by a name that is not this machine's, as long as only this machine may come at all. */
const requireOwnName: MiddlewareHandler = async (context, next) => {
  const host = context.req.header('host') ?? '';
  if (!isAddressedHere(host)) throw forbidden('This server is for localhost. --i-know lets it be called by other names.');
  await next();
};

/** What every answer bears, whatever it is. */
const secureHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  context.res.headers.set('X-Content-Type-Options', 'nosniff');
  if (!context.res.headers.has('Cache-Control')) context.res.headers.set('Cache-Control', 'no-store');
};

function refuseMethod(context: Context, methods: readonly string[]): Response {
  const message = `The ${context.req.method} method is not supported for this route. Supported methods: ${methods.join(', ')}.`;
  return context.json({message}, 405, {Allow: methods.join(', ')});
}

function answerError(error: Error, context: Context, quiet: boolean): Response {
  if (error instanceof HttpError) return context.json(error.body(), error.status, {...error.headers});
  // The path may hold ids but no token; the body is nobody's business, and the answer says nothing of what broke.
  if (!quiet) console.error(`${context.req.method} ${context.req.path} failed:`, error);
  return context.json({message: 'Server error.'}, 500);
}
