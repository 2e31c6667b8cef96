<?php

namespace App\Http\Controllers;

use App\Http\Resources\ConversationResource;
use App\Models\Conversation;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;

class ConversationController extends Controller
{
    /** The liveliest first. */
    public function index(Request $request): JsonResponse
    {
        $query = $request->validate([
            'cursor' => ['sometimes', 'nullable', 'string', 'max:1000'],
            'limit' => ['sometimes', 'nullable', 'integer', 'between:1,'.config('chat.max_conversations')],
        ]);

        $user = $request->user();
        $page = Conversation::query()
            ->forParticipant($user)
            ->shownTo($user)
            ->orderByDesc('last_message_id')
            ->orderByDesc('id')
            ->cursorPaginate((int) ($query['limit'] ?? config('chat.page_size')), cursor: self::cursor($query['cursor'] ?? ''));

        return response()->json([
            'data' => $page->getCollection()->map(fn (Conversation $row) => new ConversationResource($row, $user)),
            'next_cursor' => $page->nextCursor()?->encode(),
        ]);
    }

    public function show(Request $request, Conversation $conversation): ConversationResource
    {
        $user = $request->user();
        $row = Conversation::query()->shownTo($user)->findOrFail($conversation->id);

        return new ConversationResource($row, $user);
    }

    /** Empty for one that is none of ours: the list then begins at the beginning. Laravel trusts whatever is JSON. */
    private static function cursor(string $encoded): string
    {
        $given = json_decode(base64_decode(strtr($encoded, '-_', '+/')), true);
        $isOurs = is_int($given['last_message_id'] ?? null) && is_int($given['id'] ?? null) && is_bool($given['_pointsToNextItems'] ?? null);

        return $isOurs ? $encoded : '';
    }
}
