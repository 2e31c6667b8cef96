<?php

namespace App\Events;

use App\Models\Message;

/** A message was edited, or somebody's reaction to it came or went. */
final class MessageUpdatedEvent extends MessageBroadcast
{
    /** @param  list<int|string>  $userIds */
    public function __construct(Message $message, array $userIds)
    {
        parent::__construct('message.updated', $message, $userIds);
    }
}
