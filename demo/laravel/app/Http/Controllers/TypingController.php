<?php

namespace App\Http\Controllers;

use App\Events\UserIsTypingEvent;
use App\Models\Conversation;
use Illuminate\Http\Request;
use Illuminate\Http\Response;

class TypingController extends Controller
{
    public function __invoke(Request $request, Conversation $conversation): Response
    {
        UserIsTypingEvent::dispatch($conversation->id, $request->user(), $conversation->participantIds());

        return response()->noContent();
    }
}
