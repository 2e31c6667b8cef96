<?php

namespace App\Http;

use Illuminate\Auth\AuthenticationException;
use Illuminate\Database\Eloquent\ModelNotFoundException;
use Illuminate\Foundation\Configuration\Exceptions;
use Illuminate\Http\Exceptions\HttpResponseException;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Route;
use Illuminate\Validation\ValidationException;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Exception\HttpExceptionInterface;
use Throwable;

/**
 * Every error of the chat leaves as `{message, errors?}`, whatever the request says it accepts, and never with a trace. All else
 * that the application has, pages and routes of its API, keeps its own.
 *
 * By a callback for `render()`, of which there may be many: `respond()` and `shouldRenderJsonWhen()` would take the place of
 * the application's.
 */
final class ErrorResponses
{
    public static function register(Exceptions $exceptions): void
    {
        $exceptions->render(fn (Throwable $exception, Request $request) => self::isOurs($request) ? self::render($exception) : null);
    }

    private static function isOurs(Request $request): bool
    {
        if ($request->route() !== null) {
            return $request->routeIs('chat.api.*');
        }

        // There is none, or not yet: the application is down, or the upload too large.
        $prefix = trim((string) Route::getRoutes()->getByName('chat.api.attachments.show')?->getPrefix(), '/');

        return $prefix !== '' && $request->is("{$prefix}/*");
    }

    private static function render(Throwable $exception): ?JsonResponse
    {
        return match (true) {
            // These are answers already.
            $exception instanceof HttpResponseException => null,
            $exception instanceof ValidationException => $exception->response === null
                ? self::answer($exception->status, $exception->getMessage(), ['errors' => $exception->errors()])
                : null,
            $exception instanceof AuthenticationException => self::answer(401, $exception->getMessage()),
            // Laravel's own sentence names the model class and the id.
            $exception->getPrevious() instanceof ModelNotFoundException => self::answer(404, 'Not found.'),
            $exception instanceof HttpExceptionInterface => self::answer(
                $exception->getStatusCode(),
                $exception->getMessage(),
                headers: $exception->getHeaders(),
            ),
            // A chat client shows the message to people: the words of the exception are none for them, also while APP_DEBUG is on.
            default => self::answer(500),
        };
    }

    /**
     * Some refusals (a foreign channel) come without any words.
     *
     * @param  array<string, mixed>  $more
     * @param  array<string, mixed>  $headers
     */
    private static function answer(int $status, string $message = '', array $more = [], array $headers = []): JsonResponse
    {
        return response()->json(['message' => $message ?: Response::$statusTexts[$status] ?? 'Error', ...$more], $status, $headers);
    }
}
