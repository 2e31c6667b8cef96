<?php

namespace App\Events;

use App\Models\User;
use Closure;

/** Somebody is writing. Goes to the others, and is of no use a few seconds later. */
final class UserIsTypingEvent extends ChatBroadcast
{
    /** For how long (seconds) a client shows it. */
    private const TTL = 6;

    private readonly int $at;

    /** @param  list<int|string>  $userIds */
    public function __construct(int $conversationId, User $user, array $userIds)
    {
        $this->at = now()->getTimestamp();

        parent::__construct('typing', [
            'conversation_id' => $conversationId,
            'user' => ['id' => $user->id, 'name' => $user->name, 'email' => $user->email],
        ], array_values(array_diff($userIds, [$user->id])), $conversationId);
    }

    /**
     * A queue whose workers were away hands over what it has kept: by then nobody is writing any more.
     *
     * @return list<Closure(object, Closure): void>
     */
    public function middleware(): array
    {
        return [function (object $job, Closure $next): void {
            if (now()->getTimestamp() - $this->at <= self::TTL) {
                $next($job);
            }
        }];
    }
}
