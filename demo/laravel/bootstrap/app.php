<?php

use App\Http\ErrorResponses;
use App\Http\Middleware\EnsureChannelIsOurs;
use Illuminate\Foundation\Application;
use Illuminate\Foundation\Configuration\Exceptions;
use Illuminate\Foundation\Configuration\Middleware;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Route;
use Laravel\Sanctum\Http\Middleware\EnsureFrontendRequestsAreStateful;

return Application::configure(basePath: dirname(__DIR__))
    ->withRouting(
        web: __DIR__.'/../routes/web.php',
        api: __DIR__.'/../routes/api.php',
        commands: __DIR__.'/../routes/console.php',
        health: '/up',
    )
    // Laravel's default here is the `web` group, which answers 403 to a missing or expired token. With
    // `auth:sanctum` that is a 401, so a client can tell "sign in again" from "not your channel".
    ->withBroadcasting(__DIR__.'/../routes/channels.php', [
        'as' => 'chat.api.',
        'middleware' => [
            EnsureFrontendRequestsAreStateful::class,
            'auth:sanctum',
            'throttle:channels',
            EnsureChannelIsOurs::class,
        ],
    ])
    ->withMiddleware(function (Middleware $middleware): void {
        $middleware->statefulApi();
        $middleware->throttleApi('api');
        // Here is no login page to send anybody to, but perhaps where this is copied to. A guest of the API gets a 401.
        $middleware->redirectGuestsTo(fn () => Route::has('login') ? route('login') : null);
        // A message is stored as it was written, and a channel is signed as it was named.
        $middleware->trimStrings(except: [
            'channel_name',
            'socket_id',
            fn (Request $request) => ! $request->isMethod('GET') && $request->is('*/conversations/*/messages', '*/messages/*'),
        ]);
    })
    ->withExceptions(fn (Exceptions $exceptions) => ErrorResponses::register($exceptions))
    ->create();
