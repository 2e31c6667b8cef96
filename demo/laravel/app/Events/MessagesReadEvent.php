<?php

namespace App\Events;

use App\Models\User;

/** Somebody has read on. */
final class MessagesReadEvent extends ChatBroadcast
{
    /**
     * @param  list<int>  $messageIds
     * @param  list<int|string>  $userIds
     */
    public function __construct(int $conversationId, User $reader, array $messageIds, array $userIds)
    {
        parent::__construct('read', [
            'conversation_id' => $conversationId,
            'reader_id' => $reader->id,
            'message_ids' => $messageIds,
        ], $userIds, $conversationId);
    }
}
