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
     * The same for everybody at once. The messages are read once for each mark, not for each person: in a large group most have one in common,
     * be it the newest message or none.
     *
     * @return array<int|string, int> by the ids of the participants
     */
    public function unreadCounts(): array
    {
        $marks = DB::table('participants')->where('conversation_id', $this->id);
        $unread = DB::table('messages')
            ->joinSub($marks->clone()->select('last_read_position')->distinct(), 'marks', 'position', '>', 'last_read_position')
            ->where('conversation_id', $this->id)
            ->whereNull('deleted_at')
            ->groupBy('last_read_position', 'sender_id')
            ->select('last_read_position', 'sender_id')
            ->selectRaw('count(*) as unread_count')
            ->get()
            ->groupBy('last_read_position');

        return $marks->pluck('last_read_position', 'user_id')
            ->map(fn ($mark, $userId) => (int) $unread->get($mark, collect())
                ->reject(fn ($row) => (string) $row->sender_id === (string) $userId)
                ->sum('unread_count'))
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
