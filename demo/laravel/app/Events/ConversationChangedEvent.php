<?php

namespace App\Events;

use App\Http\Resources\ConversationResource;
use App\Models\Conversation;
use App\Models\User;

/**
 * One person's row in the list of conversations has changed. Title and unread count differ from person to person, so each
 * gets an event of his or her own, and the conversation's shared channel never does.
 */
final class ConversationChangedEvent extends ChatBroadcast
{
    private readonly bool $fits;

    public function __construct(Conversation $conversation, User $viewer)
    {
        $row = Conversation::query()->shownTo($viewer)->findOrFail($conversation->id);
        $data = ['conversation' => self::plain(new ConversationResource($row, $viewer))];
        $this->fits = BroadcastBudget::fits(self::class, ['type' => 'conversation', 'data' => $data], 1);

        parent::__construct('conversation', $data, [$viewer->id]);
    }

    /** A row whose last message is too heavy is left to the next fetch of the list: this event is only a hint. */
    public function broadcastWhen(): bool
    {
        return $this->fits;
    }
}
