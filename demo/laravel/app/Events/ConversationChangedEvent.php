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

    /** @param  Conversation  $row  as it is shown to the viewer */
    public function __construct(Conversation $row, User $viewer)
    {
        $data = ['conversation' => self::plain(new ConversationResource($row, $viewer))];
        $this->fits = BroadcastBudget::fits(self::class, ['type' => 'conversation', 'data' => $data], 1);

        parent::__construct('conversation', $data, [$viewer->id]);
    }

    /** Tells one person. */
    public static function tell(Conversation $conversation, User $viewer): void
    {
        self::dispatch(Conversation::query()->shownTo($viewer)->findOrFail($conversation->id), $viewer);
    }

    /** Tells every participant, by as many queries for hundreds as for two: others wait for the lock meanwhile. */
    public static function tellAll(Conversation $conversation): void
    {
        $row = Conversation::query()->with(Conversation::shown())->findOrFail($conversation->id);

        // Where the participants alone are too heavy, so is every row that names them.
        if (! BroadcastBudget::fits(self::class, ConversationResource::people($row), 1)) {
            return;
        }

        $unread = $row->unreadCounts();

        foreach ($row->participants as $viewer) {
            $row->unread_count = $unread[$viewer->id] ?? 0;
            self::dispatch($row, $viewer);
        }
    }

    /** A row whose last message is too heavy is left to the next fetch of the list: this event is only a hint. */
    public function broadcastWhen(): bool
    {
        return $this->fits;
    }
}
