<?php

namespace App\Chat;

use App\Events\ConversationChangedEvent;
use App\Events\MessagesReadEvent;
use App\Models\Conversation;
use App\Models\User;
use Illuminate\Database\Query\Builder;
use Illuminate\Support\Facades\DB;

/**
 * How far each participant has read: one mark that only moves forward.
 *
 * A client names the messages it has shown. The mark moves to the newest of them, and everything up to it counts as read.
 */
final class ReadMarks
{
    /** More ids than these are of no use to anybody's screen, and would not fit into one broadcast. */
    private const MAX_ANNOUNCED = 200;

    /** @param  list<int>  $messageIds  those that are not in the conversation are passed over */
    public function advance(Conversation $conversation, User $reader, array $messageIds): void
    {
        $mark = fn (): Builder => DB::table('participants')
            ->where('conversation_id', $conversation->id)
            ->where('user_id', $reader->id);

        DB::transaction(function () use ($conversation, $reader, $messageIds, $mark): void {
            // Changes nothing, and locks: see App\Chat\MessageLog::lock().
            $mark()->update(['last_read_position' => DB::raw('last_read_position')]);
            $before = (int) $mark()->lockForUpdate()->value('last_read_position');
            $newest = $conversation->messages()->whereKey($messageIds)->orderByDesc('position')->first();

            if ($newest === null || $newest->position <= $before) {
                return;
            }

            $mark()->update(['last_read_message_id' => $newest->id, 'last_read_position' => $newest->position]);
            $this->announce($conversation, $reader, $before, $newest->position);
        }, 3);
    }

    private function announce(Conversation $conversation, User $reader, int $after, int $upTo): void
    {
        $read = $conversation->messages()
            ->where('position', '>', $after)
            ->where('position', '<=', $upTo)
            ->byOthersThan($reader)
            ->orderByDesc('position')
            ->limit(self::MAX_ANNOUNCED)
            ->pluck('id')
            ->map(fn ($id) => (int) $id)
            ->reverse()
            ->values()
            ->all();

        if ($read === []) {
            return;
        }

        MessagesReadEvent::dispatch($conversation->id, $reader, $read, $conversation->participantIds());
        // The reader's other tabs and devices: their badge goes down too.
        ConversationChangedEvent::tell($conversation, $reader);
    }
}
