<?php

namespace App\Http\Controllers;

use App\Chat\ReadMarks;
use App\Http\Requests\ReadRequest;
use App\Models\Conversation;
use Illuminate\Http\Response;

class ReadController extends Controller
{
    public function __invoke(ReadRequest $request, Conversation $conversation, ReadMarks $marks): Response
    {
        $marks->advance($conversation, $request->user(), $request->messageIds());

        return response()->noContent();
    }
}
