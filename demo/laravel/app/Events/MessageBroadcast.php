<?php

namespace App\Events;

use App\Http\Resources\MessageResource;
use App\Models\Message;

/** An event that carries a message, or, where the whole one is too heavy, enough to fetch it by. */
abstract class MessageBroadcast extends ChatBroadcast
{
    /**
     * @param  list<int|string>  $userIds
     * @param  array<string, mixed>  $extra  what else the data holds
     */
    public function __construct(string $type, Message $message, array $userIds, array $extra = [])
    {
        $data = ['message' => self::plain(MessageResource::make($message)), ...$extra];

        if (! BroadcastBudget::fits(static::class, ['type' => $type, 'data' => $data], count($userIds))) {
            $data = ['message' => self::thin($message), ...$extra];
        }

        parent::__construct($type, $data, $userIds, $message->conversation_id);
    }

    /** @return array<string, mixed> */
    private static function thin(Message $message): array
    {
        return [
            'id' => $message->id,
            'conversation_id' => $message->conversation_id,
            'revision' => $message->revision,
            'thin' => true,
        ];
    }
}
