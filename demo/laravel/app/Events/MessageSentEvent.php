<?php

namespace App\Events;

use App\Models\Message;

/** A message was added. `tempId` lets the client that sent it recognise its own. */
final class MessageSentEvent extends MessageBroadcast
{
    /** @param  list<int|string>  $userIds */
    public function __construct(Message $message, array $userIds)
    {
        parent::__construct('message', $message, $userIds, ['tempId' => $message->temp_id]);
    }
}
