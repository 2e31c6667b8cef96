<?php

namespace App\Events;

use App\Models\Message;

/** A message became a tombstone. */
final class MessageDeletedEvent extends MessageBroadcast
{
    /** @param  list<int|string>  $userIds */
    public function __construct(Message $message, array $userIds)
    {
        parent::__construct('message.deleted', $message, $userIds);
    }
}
