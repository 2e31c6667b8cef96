<?php

namespace App\Events;

use App\Models\User;

/** Somebody is writing. Goes to the others, and is of no use a few seconds later. */
final class UserIsTypingEvent extends ChatBroadcast
{
    /** @param  list<int|string>  $userIds */
    public function __construct(int $conversationId, User $user, array $userIds)
    {
        parent::__construct('typing', [
            'conversation_id' => $conversationId,
            'user' => ['id' => $user->id, 'name' => $user->name, 'email' => $user->email],
        ], array_values(array_diff($userIds, [$user->id])), $conversationId);
    }
}
