<?php

namespace App\Http;

use Illuminate\Database\Eloquent\ModelNotFoundException;
use Illuminate\Foundation\Configuration\Exceptions;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Exception\NotFoundHttpException;
use Throwable;

/**
 * Every error of the API leaves as `{message, errors?}`, whatever the request says it accepts, and never with a trace. Pages of
 * the application that this is copied into keep theirs.
 */
final class ErrorResponses
{
    public static function register(Exceptions $exceptions): void
    {
        $exceptions->shouldRenderJsonWhen(fn (Request $request) => self::isOurs($request) || $request->expectsJson());

        $exceptions->render(function (NotFoundHttpException $exception, Request $request) {
            // Laravel's own sentence names the model class and the id.
            return self::isOurs($request) && $exception->getPrevious() instanceof ModelNotFoundException
                ? response()->json(['message' => 'Not found.'], 404)
                : null;
        });

        $exceptions->respond(fn (Response $response, Throwable $exception, Request $request) => self::isOurs($request)
            ? self::forPeople($response)
            : $response);
    }

    private static function isOurs(Request $request): bool
    {
        return $request->is('api/*', 'broadcasting/*');
    }

    /**
     * With APP_DEBUG on, Laravel adds file, line and trace, and the words of the exception; a chat client shows the message to
     * people. Some refusals (a foreign channel) come without any words.
     */
    private static function forPeople(Response $response): Response
    {
        if (! $response instanceof JsonResponse) {
            return $response;
        }

        $body = $response->getData(true);
        $message = $response->isServerError() && isset($body['trace']) ? '' : $body['message'] ?? '';
        $status = Response::$statusTexts[$response->getStatusCode()] ?? 'Error';

        return $response->setData(array_filter(['message' => $message ?: $status, 'errors' => $body['errors'] ?? null]));
    }
}
