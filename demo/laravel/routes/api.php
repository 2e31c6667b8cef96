<?php

use App\Http\Controllers\AttachmentController;
use App\Http\Controllers\AuthController;
use App\Http\Controllers\ConversationController;
use App\Http\Controllers\MessageController;
use App\Http\Controllers\ReactionController;
use App\Http\Controllers\ReadController;
use App\Http\Controllers\TypingController;
use Illuminate\Support\Facades\Route;

// SQLite takes "01" for 1 and MySQL "1abc": only the one spelling of an id reaches the database.
$ids = array_fill_keys(['conversation', 'message', 'attachment'], '[1-9][0-9]{0,17}');

// By the name App\Http\ErrorResponses knows them, wherever they stand.
Route::name('chat.api.')->where($ids)->group(function (): void {
    Route::post('/login', [AuthController::class, 'login'])->middleware('throttle:login');

    // An <img> cannot send a token, so the address itself is the permission: signed, and valid for a limited time.
    Route::get('/attachments/{attachment}', [AttachmentController::class, 'show'])
        ->middleware('signed:relative')
        // It cannot say whose it is either: by address, one conversation full of pictures would use up the calls of a whole office.
        ->withoutMiddleware('throttle:api')
        ->name('attachments.show');

    Route::middleware('auth:sanctum')->group(function (): void {
        Route::get('/user', [AuthController::class, 'show']);
        Route::post('/logout', [AuthController::class, 'logout']);

        Route::get('/conversations', [ConversationController::class, 'index']);
        Route::get('/conversations/{conversation}', [ConversationController::class, 'show'])->can('view', 'conversation');

        Route::middleware('can:view,conversation')->prefix('/conversations/{conversation}')->group(function (): void {
            Route::get('/messages', [MessageController::class, 'index']);
            Route::get('/changes', [MessageController::class, 'changes']);
            Route::post('/messages', [MessageController::class, 'store'])->middleware('throttle:messages');
            Route::post('/read', ReadController::class);
            Route::post('/typing', TypingController::class);
        });

        Route::patch('/messages/{message}', [MessageController::class, 'update'])->can('update', 'message');
        Route::delete('/messages/{message}', [MessageController::class, 'destroy'])->can('delete', 'message');
        Route::put('/messages/{message}/reactions/{emoji}', [ReactionController::class, 'store'])->can('react', 'message');
        Route::delete('/messages/{message}/reactions/{emoji}', [ReactionController::class, 'destroy'])->can('react', 'message');

        Route::post('/attachments', [AttachmentController::class, 'store'])->middleware('throttle:attachments');
    });
});
