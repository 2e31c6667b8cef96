<?php

namespace App\Models;

use Illuminate\Database\Eloquent\Builder;
use Illuminate\Database\Eloquent\Collection;
use Illuminate\Database\Eloquent\Model;
use Illuminate\Database\Eloquent\Relations\BelongsTo;
use Illuminate\Database\Eloquent\Relations\HasMany;
use Illuminate\Support\Carbon;

/**
 * Written by App\Chat\MessageLog and by nothing else: whoever saves one directly breaks the count of revisions.
 *
 * It does not use Laravel's SoftDeletes, because a deleted message must still be found by those who list changes.
 *
 * @property int $id
 * @property int $conversation_id
 * @property ?int $sender_id null once the account is gone.
 * @property ?string $temp_id
 * @property string $content
 * @property string $folded
 * @property ?int $reply_to_id
 * @property int $position
 * @property int $revision
 * @property Carbon $created_at
 * @property ?Carbon $edited_at
 * @property ?Carbon $deleted_at
 * @property-read Conversation $conversation
 * @property-read User $sender
 * @property-read ?Message $replyTo
 * @property-read Collection<int, Attachment> $attachments
 * @property-read Collection<int, Reaction> $reactions
 */
class Message extends Model
{
    /** What App\Http\Resources\MessageResource shows. */
    public const SHOWN = ['sender', 'replyTo.sender', 'attachments', 'reactions'];

    protected $fillable = ['sender_id', 'temp_id', 'content', 'reply_to_id', 'position', 'revision', 'created_at'];

    /** @return BelongsTo<Conversation, $this> */
    public function conversation(): BelongsTo
    {
        return $this->belongsTo(Conversation::class);
    }

    /**
     * Whoever has deleted the account is nobody: no id of a person is 0.
     *
     * @return BelongsTo<User, $this>
     */
    public function sender(): BelongsTo
    {
        return $this->belongsTo(User::class, 'sender_id')
            ->withDefault(fn (User $nobody) => $nobody->forceFill(['id' => 0, 'name' => __('Deleted user')]));
    }

    /** @return BelongsTo<Message, $this> */
    public function replyTo(): BelongsTo
    {
        return $this->belongsTo(self::class, 'reply_to_id');
    }

    /** @return HasMany<Attachment, $this> */
    public function attachments(): HasMany
    {
        return $this->hasMany(Attachment::class)->orderBy('id');
    }

    /** @return HasMany<Reaction, $this> */
    public function reactions(): HasMany
    {
        return $this->hasMany(Reaction::class)->orderBy('id');
    }

    public function isDeleted(): bool
    {
        return $this->deleted_at !== null;
    }

    /** @param  Builder<Message>  $query */
    public function scopeByOthersThan(Builder $query, User $user): void
    {
        // To SQL, null is not other than anybody.
        $query->where(fn (Builder $others) => $others->where('sender_id', '<>', $user->id)->orWhereNull('sender_id'));
    }

    /** @param  Builder<Message>  $query */
    public function scopeContaining(Builder $query, string $words): void
    {
        // Not `like`, which tries the rest of the words from each letter on, one letter at a time: for "aaa…b" in messages of nothing but "a"
        // that takes seconds, and who may search may also write those.
        $position = $query->getConnection()->getDriverName() === 'pgsql' ? 'strpos' : 'instr';
        $query->whereNull('deleted_at')->whereRaw("{$position}(folded, ?) > 0", [self::fold($words)]);
    }

    /**
     * Databases differ in what they think of upper and lower case beyond ASCII, so both sides are folded here. Not to lower case, which has
     * two forms of a Greek sigma, by its place and by the version of PHP, and none of "ß" and "SS" in common.
     */
    public static function fold(string $text): string
    {
        return mb_convert_case($text, MB_CASE_FOLD);
    }

    protected static function booted(): void
    {
        static::saving(function (Message $message): void {
            if ($message->isDirty('content')) {
                $message->folded = self::fold($message->content);
            }
        });
    }

    /** @return array<string, string> */
    protected function casts(): array
    {
        return [
            'position' => 'integer',
            'revision' => 'integer',
            'edited_at' => 'datetime',
            'deleted_at' => 'datetime',
        ];
    }
}
