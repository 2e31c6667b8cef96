<?php

namespace App\Http\Controllers;

use App\Chat\MessageLog;
use App\Http\Resources\MessageResource;
use App\Models\Message;
use App\Rules\Emoji;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Validator;

class ReactionController extends Controller
{
    public function __construct(private readonly MessageLog $log) {}

    public function store(Request $request, Message $message, string $emoji): MessageResource
    {
        return MessageResource::make($this->log->react($message, $request->user(), self::valid($emoji)));
    }

    public function destroy(Request $request, Message $message, string $emoji): MessageResource
    {
        return MessageResource::make($this->log->unreact($message, $request->user(), self::valid($emoji)));
    }

    private static function valid(string $emoji): string
    {
        return Validator::validate(['emoji' => $emoji], ['emoji' => ['required', new Emoji]])['emoji'];
    }
}
