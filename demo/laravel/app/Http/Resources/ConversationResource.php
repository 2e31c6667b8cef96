<?php

namespace App\Http\Resources;

use App\Models\Conversation;
use App\Models\User;
use Illuminate\Http\Request;
use Illuminate\Http\Resources\Json\JsonResource;

/**
 * A conversation as one person sees it. Query it with `Conversation::shownTo($viewer)`.
 *
 * @mixin Conversation
 */
class ConversationResource extends JsonResource
{
    /** Its own, so that `JsonResource::withoutWrapping()` of the application does not reach it: clients read `data`. */
    public static $wrap = 'data';

    public function __construct(Conversation $conversation, private readonly User $viewer)
    {
        parent::__construct($conversation);
    }

    /** @return array<string, mixed> */
    public function toArray(Request $request): array
    {
        return [
            'id' => $this->id,
            'title' => $this->title ?? $this->others()->pluck('name')->join(', '),
            'avatar_url' => $this->avatar_url ?? ($this->others()->count() === 1 ? $this->others()->first()->avatar_url : null),
            'participants' => self::people($this->resource),
            'last_message' => $this->lastMessage ? MessageResource::make($this->lastMessage) : null,
            'unread_count' => $this->unread_count,
            'revision' => $this->revision,
            'features' => config('chat.features'),
        ];
    }

    /** @return list<array<string, mixed>> the participants, who are the same whoever looks */
    public static function people(Conversation $conversation): array
    {
        return $conversation->participants->map(fn (User $user) => [
            'id' => $user->id,
            'name' => $user->name,
            'email' => $user->email,
            'avatar_url' => $user->avatar_url,
            'last_read_message_id' => $user->pivot->last_read_message_id,
        ])->all();
    }

    /** @return \Illuminate\Database\Eloquent\Collection<int, User> */
    private function others()
    {
        return $this->participants->where('id', '!==', $this->viewer->id)->values();
    }
}
