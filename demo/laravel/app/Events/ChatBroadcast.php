<?php

namespace App\Events;

use Illuminate\Broadcasting\PresenceChannel;
use Illuminate\Broadcasting\PrivateChannel;
use Illuminate\Contracts\Broadcasting\ShouldBroadcast;
use Illuminate\Contracts\Events\ShouldDispatchAfterCommit;
use Illuminate\Http\Resources\Json\JsonResource;
use Illuminate\Support\Facades\DB;

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

    /**
     * Makes the event now, and hands it over after the commit. By then what it tells of is stored: a queue that takes no jobs is
     * reported, and makes no error of the request. Clients notice by the revisions that they lack something.
     */
    public static function dispatch(mixed ...$arguments): void
    {
        $event = new static(...$arguments);
        DB::afterCommit(fn () => rescue(fn () => event($event)));
    }

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
