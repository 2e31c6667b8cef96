<?php

use App\Http\Controllers\AttachmentController;
use Illuminate\Support\Facades\Route;

Route::get('/', fn () => response()->json(['name' => config('app.name'), 'api' => url('/api')]));

// An <img> cannot send a token, so the address itself is the permission: signed, and valid for a limited time.
Route::get('/attachments/{attachment}', [AttachmentController::class, 'show'])
    ->middleware('signed:relative')
    ->withoutMiddleware('web')
    ->name('attachments.show');
