<?php

namespace App\Policies;

use App\Models\Message;
use App\Models\User;

class MessagePolicy
{
    /** Whoever has left a conversation no longer changes what he or she wrote there. */
    public function update(User $user, Message $message): bool
    {
        return $message->sender_id === $user->id && $message->conversation->hasParticipant($user);
    }

    public function delete(User $user, Message $message): bool
    {
        return $this->update($user, $message);
    }

    public function react(User $user, Message $message): bool
    {
        return $message->conversation->hasParticipant($user);
    }
}
