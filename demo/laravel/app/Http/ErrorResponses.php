<?php

namespace App\Http;

use Illuminate\Database\Eloquent\ModelNotFoundException;
use Illuminate\Foundation\Configuration\Exceptions;
use Illuminate\Http\JsonResponse;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Exception\NotFoundHttpException;

/** Every error leaves as `{message, errors?}`, whatever the request says it accepts, and never with a trace. */
final class ErrorResponses
{
    public static function register(Exceptions $exceptions): void
    {
        $exceptions->shouldRenderJsonWhen(fn () => true);

        $exceptions->render(function (NotFoundHttpException $exception) {
            // Laravel's own sentence names the model class and the id.
            return $exception->getPrevious() instanceof ModelNotFoundException
                ? response()->json(['message' => 'Not found.'], 404)
                : null;
        });

        $exceptions->respond(fn (Response $response) => self::forPeople($response));
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
