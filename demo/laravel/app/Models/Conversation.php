<?php

namespace App\Models;

use Database\Factories\ConversationFactory;
use Illuminate\Database\Eloquent\Builder;
use Illuminate\Database\Eloquent\Collection;
use Illuminate\Database\Eloquent\Factories\HasFactory;
use Illuminate\Database\Eloquent\Model;
use Illuminate\Database\Eloquent\Relations\BelongsTo;
use Illuminate\Database\Eloquent\Relations\BelongsToMany;
use Illuminate\Database\Eloquent\Relations\HasMany;
use Illuminate\Database\Query\JoinClause;
use Illuminate\Support\Facades\DB;

/**
 * @property int $id
 * @property ?string $title
 * @property ?string $avatar_url
 * @property int $revision Raised by every insert, edit, delete and reaction, in commit order and without holes.
 * @property int $last_message_id 0 while there is no message.
 * @property-read Collection<int, User> $participants
 * @property-read ?Message $lastMessage
 * @property ?int $unread_count Only after `withUnreadCountFor()`, or where it was given.
 */
class Conversation extends Model
{
    /** @use HasFactory<ConversationFactory> */
    use HasFactory;

    protected $fillable = ['title', 'avatar_url'];

    protected $attributes = ['title' => null, 'avatar_url' => null, 'revision' => 0, 'last_message_id' => 0];

    /** @return BelongsToMany<User, $this> */
    public function participants(): BelongsToMany
    {
        return $this->belongsToMany(User::class, 'participants')
            ->withPivot('last_read_message_id', 'last_read_position')
            ->orderBy('users.id');
    }

    /** @return HasMany<Message, $this> */
    public function messages(): HasMany
    {
        return $this->hasMany(Message::class);
    }

    /** @return BelongsTo<Message, $this> */
    public function lastMessage(): BelongsTo
    {
        return $this->belongsTo(Message::class, 'last_message_id');
    }

    public function hasParticipant(User $user): bool
    {
        return $this->participants()->whereKey($user->id)->exists();
    }

    /** @return list<int|string> */
    public function participantIds(): array
    {
        return $this->participants()->pluck('users.id')->all();
    }

    /** @param  Builder<Conversation>  $query */
    public function scopeForParticipant(Builder $query, User $user): void
    {
        // Not `whereHas`, for which SQLite goes through the conversations of everybody.
        $query->whereIn('conversations.id', DB::table('participants')->where('user_id', $user->id)->select('conversation_id'));
    }

    /**
     * Adds `unread_count`: what others wrote, and did not delete, after the point up to which this person has read.
     *
     * @param  Builder<Conversation>  $query
     */
    public function scopeWithUnreadCountFor(Builder $query, User $user): void
    {
        $query->withCount(['messages as unread_count' => fn (Builder $messages) => $messages
            ->byOthersThan($user)
            ->whereNull('deleted_at')
            ->where('position', '>', fn ($read) => $read
                ->from('participants')
                ->select('last_read_position')
                ->whereColumn('participants.conversation_id', 'messages.conversation_id')
                ->where('participants.user_id', $user->id)),
        ]);
    }

    /**
     * The same for everybody at once, as one query costs a large group less than one for each.
     *
     * @return array<int|string, int> by the ids of the participants
     */
    public function unreadCounts(): array
    {
        return DB::table('participants')
            ->leftJoin('messages', fn (JoinClause $unread) => $unread
                ->on('messages.conversation_id', '=', 'participants.conversation_id')
                ->on(fn (JoinClause $others) => $others
                    ->on('messages.sender_id', '<>', 'participants.user_id')
                    ->orWhereNull('messages.sender_id'))
                ->on('messages.position', '>', 'participants.last_read_position')
                ->whereNull('messages.deleted_at'))
            ->where('participants.conversation_id', $this->id)
            ->groupBy('participants.user_id')
            ->select('participants.user_id')
            // Wrapped by Laravel: only so does a name in raw SQL get the prefix that tables may have.
            ->selectRaw('count('.DB::getQueryGrammar()->wrap('messages.id').') as unread_count')
            ->pluck('unread_count', 'user_id')
            ->map(fn ($count) => (int) $count)
            ->all();
    }

    /**
     * With all that a row in this person's list shows.
     *
     * @param  Builder<Conversation>  $query
     */
    public function scopeShownTo(Builder $query, User $user): void
    {
        $query->withUnreadCountFor($user)->with(self::shown());
    }

    /** @return list<string> what a row shows to whoever sees it */
    public static function shown(): array
    {
        return ['participants', 'lastMessage', ...array_map(fn (string $relation) => "lastMessage.{$relation}", Message::SHOWN)];
    }

    /** @return array<string, string> */
    protected function casts(): array
    {
        return ['revision' => 'integer', 'last_message_id' => 'integer', 'unread_count' => 'integer'];
    }
}
