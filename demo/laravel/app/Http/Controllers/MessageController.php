<?php

namespace App\Http\Controllers;

use App\Chat\MessageLog;
use App\Chat\MessagePage;
use App\Http\Requests\ListChangesRequest;
use App\Http\Requests\ListMessagesRequest;
use App\Http\Requests\StoreMessageRequest;
use App\Http\Requests\UpdateMessageRequest;
use App\Http\Resources\MessageResource;
use App\Models\Conversation;
use App\Models\Message;
use Illuminate\Http\JsonResponse;

class MessageController extends Controller
{
    public function __construct(private readonly MessageLog $log) {}

    public function index(ListMessagesRequest $request, Conversation $conversation): JsonResponse
    {
        // Read before the rows: then every change up to this revision is in them, and one or two more at worst.
        $revision = $conversation->revision;
        $page = $this->page($request, $conversation);

        return response()->json([
            'data' => MessageResource::collection($page->messages),
            'has_more_before' => $page->hasMoreBefore,
            'has_more_after' => $page->hasMoreAfter,
            'revision' => $revision,
        ]);
    }

    /**
     * What changed after a revision, in the order of the revisions: how a client that was away catches up.
     *
     * The `revision` of the answer is where the next call goes on, or, at the end, what the client is up to date with.
     */
    public function changes(ListChangesRequest $request, Conversation $conversation): JsonResponse
    {
        $since = (int) $request->validated('since');
        $head = $conversation->revision;

        // Ahead of us: another database, or one restored from a backup. Far behind: loading the newest page costs less.
        if ($since > $head || $head - $since > config('chat.max_catch_up')) {
            return response()->json(['data' => [], 'revision' => $head, 'has_more' => false, 'reset' => true]);
        }

        $limit = $request->limit();
        $rows = $conversation->messages()
            ->where('revision', '>', $since)
            ->orderBy('revision')
            ->limit($limit + 1)
            ->with(Message::SHOWN)
            ->get();
        $page = $rows->take($limit);
        $hasMore = $rows->count() > $limit;
        $last = $page->last()->revision ?? $since;

        return response()->json([
            'data' => MessageResource::collection($page),
            // At the end, the last row and not the head read earlier may be the newer of the two.
            'revision' => $hasMore ? $last : max($head, $last),
            'has_more' => $hasMore,
            'reset' => false,
        ]);
    }

    /** 201 for a new message, 200 for one that this client has sent before. */
    public function store(StoreMessageRequest $request, Conversation $conversation): JsonResponse
    {
        $message = $this->log->append($conversation, $request->user(), $request->newMessage());

        return MessageResource::make($message)->response()->setStatusCode($message->wasRecentlyCreated ? 201 : 200);
    }

    public function update(UpdateMessageRequest $request, Message $message): MessageResource
    {
        return MessageResource::make($this->log->edit($message, $request->newContent()));
    }

    public function destroy(Message $message): MessageResource
    {
        return MessageResource::make($this->log->remove($message));
    }

    private function page(ListMessagesRequest $request, Conversation $conversation): MessagePage
    {
        $search = $request->validated('search');

        foreach (['before', 'after', 'around'] as $side) {
            if ($request->validated($side) !== null) {
                $pivot = $conversation->messages()->findOrFail((int) $request->validated($side));

                return MessagePage::$side($conversation, $pivot->position, $request->limit(), $search);
            }
        }

        return MessagePage::newest($conversation, $request->limit(), $search);
    }
}
