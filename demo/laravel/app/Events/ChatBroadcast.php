<?php

namespace App\Events;

use Illuminate\Broadcasting\PresenceChannel;
use Illuminate\Broadcasting\PrivateChannel;
use Illuminate\Contracts\Broadcasting\ShouldBroadcast;
use Illuminate\Contracts\Events\ShouldDispatchAfterCommit;
use Illuminate\Foundation\Events\Dispatchable;
use Illuminate\Http\Resources\Json\JsonResource;

/**
 * What all chat events share: whom they go to, and the envelope `{type, data}` they travel in.
 *
 * The data is fixed when the event is made, inside the transaction. A model would be read again by the queue worker, and
 * then revision 6 would go out twice and revision 5 never.
 *
 * Subclasses are dispatched after the commit and use no `toOthers()`: the sender's own echo is what confirms a message,
 * and Reverb's clients drop what they have already.
 */
abstract class ChatBroadcast implements ShouldBroadcast, ShouldDispatchAfterCommit
{
    use Dispatchable;

    /**
     * @param  array<string, mixed>  $data
     * @param  list<int|string>  $userIds
     * @param  ?int  $conversationId  set where the conversation's own channel gets it too
     */
    public function __construct(
        private readonly string $type,
        private readonly array $data,
        private readonly array $userIds,
        private readonly ?int $conversationId = null,
    ) {}

    /** @return list<PrivateChannel|PresenceChannel> */
    public function broadcastOn(): array
    {
        $channels = array_map(fn (int|string $id) => new PrivateChannel("user.{$id}"), $this->userIds);

        if ($this->conversationId !== null && config('chat.conversation_channel')) {
            $channels[] = new PresenceChannel("conversation.{$this->conversationId}");
        }

        return $channels;
    }

    /** @return array{type: string, data: array<string, mixed>} */
    public function broadcastWith(): array
    {
        return ['type' => $this->type, 'data' => $this->data];
    }

    /**
     * The plain array a resource is on the wire.
     *
     * @return array<string, mixed>
     */
    protected static function plain(JsonResource $resource): array
    {
        return json_decode(json_encode($resource->resolve(), JSON_THROW_ON_ERROR), true, flags: JSON_THROW_ON_ERROR);
    }
}
