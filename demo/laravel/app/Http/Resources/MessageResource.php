<?php

namespace App\Http\Resources;

use App\Models\Message;
use App\Models\Reaction;
use App\Models\User;
use Illuminate\Http\Request;
use Illuminate\Http\Resources\Json\JsonResource;
use Illuminate\Support\Str;

/**
 * A message as clients know it. Load `Message::SHOWN` first.
 *
 * @mixin Message
 */
class MessageResource extends JsonResource
{
    /** Its own, so that `JsonResource::withoutWrapping()` of the application does not reach it: clients read `data`. */
    public static $wrap = 'data';

    /** Characters of the message that is replied to. */
    private const PREVIEW = 200;

    /** @return array<string, mixed> */
    public function toArray(Request $request): array
    {
        return [
            'id' => $this->id,
            'conversation_id' => $this->conversation_id,
            'temp_id' => $this->temp_id,
            'sender' => self::person($this->sender),
            'content' => $this->content,
            'created_at' => $this->created_at,
            'edited_at' => $this->edited_at,
            'deleted_at' => $this->deleted_at,
            'position' => $this->position,
            'revision' => $this->revision,
            'reply_to' => $this->replyPreview(),
            'attachments' => AttachmentResource::collection($this->attachments),
            'reactions' => $this->reactionCounts(),
        ];
    }

    /** @return ?array<string, mixed> */
    private function replyPreview(): ?array
    {
        return $this->replyTo === null ? null : [
            'id' => $this->replyTo->id,
            'sender' => self::person($this->replyTo->sender),
            'content' => Str::limit($this->replyTo->content, self::PREVIEW, '…'),
        ];
    }

    /** @return list<array{emoji: string, count: int, user_ids: list<int|string>}> */
    private function reactionCounts(): array
    {
        return $this->reactions
            ->groupBy('emoji')
            ->map(fn ($same) => [
                'emoji' => $same->first()->emoji,
                'count' => $same->count(),
                'user_ids' => $same->map(fn (Reaction $reaction) => $reaction->user_id)->values()->all(),
            ])
            ->values()
            ->all();
    }

    /** @return array{id: int|string, name: string, avatar_url: ?string} */
    private static function person(User $user): array
    {
        return ['id' => $user->id, 'name' => $user->name, 'avatar_url' => $user->avatar_url];
    }
}
