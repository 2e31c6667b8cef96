<?php

namespace App\Chat;

use App\Events\ConversationChangedEvent;
use App\Events\MessageDeletedEvent;
use App\Events\MessageSentEvent;
use App\Events\MessageUpdatedEvent;
use App\Models\Attachment;
use App\Models\Conversation;
use App\Models\Message;
use App\Models\User;
use Closure;
use Illuminate\Database\UniqueConstraintViolationException;
use Illuminate\Support\Facades\DB;
use Illuminate\Validation\ValidationException;

/**
 * The only writer of messages.
 *
 * Every change locks the conversation's row, takes the next revision from it, and writes the message in the same
 * transaction. Revisions are therefore given in commit order and without holes: a client that has seen 41 and 43 knows
 * that it lacks 42, and a client that has fetched up to 43 lacks nothing. An auto-increment id promises neither.
 *
 * The events wait for the commit (ShouldDispatchAfterCommit), and a rollback drops them together with the rows.
 */
final class MessageLog
{
    /** A deadlock, or SQLite's "database is locked", is tried again so often. */
    private const ATTEMPTS = 3;

    /**
     * Adds a message. The same `tempId` of the same sender again gives the row that exists (`wasRecentlyCreated` is false),
     * writes nothing and broadcasts nothing, so a client that lost the answer may repeat its request.
     *
     * @throws ValidationException when the reply, an attachment or the temp id does not belong here
     */
    public function append(Conversation $conversation, User $sender, NewMessage $draft): Message
    {
        try {
            return DB::transaction(fn () => $this->insert($conversation, $sender, $draft), self::ATTEMPTS);
        } catch (UniqueConstraintViolationException $exception) {
            // Where the database does not serialise us by the lock alone, the unique index decides who was first.
            return $this->findRepeated($conversation, $sender, $draft) ?? throw $exception;
        }
    }

    /** Changes the text. Says nothing to anybody when the text is the same. */
    public function edit(Message $message, string $content): Message
    {
        return $this->change($message, function (Message $current) use ($content): bool {
            abort_if($current->isDeleted(), 403, 'This message has been deleted.');

            if ($current->content === $content) {
                return false;
            }

            $current->content = $content;
            $current->edited_at = now();

            return true;
        });
    }

    /** Turns a message into a tombstone: who and when remain, what was said is gone. Doing it again changes nothing. */
    public function remove(Message $message): Message
    {
        return $this->change($message, function (Message $current): bool {
            if ($current->isDeleted()) {
                return false;
            }

            $attachments = $current->attachments()->get();
            // The files go only once the row is really gone. One that cannot is reported, keeps nobody from hearing of the rest, and is
            // left to the pruning of uploads.
            DB::afterCommit(fn () => $attachments->each(fn (Attachment $attachment) => rescue(fn () => $attachment->delete())));
            $current->attachments()->update(['message_id' => null]);
            $current->reactions()->delete();
            $current->content = '';
            $current->deleted_at = now();

            return true;
        });
    }

    /** Adds a person's reaction. Doing it again changes nothing. */
    public function react(Message $message, User $user, string $emoji): Message
    {
        return $this->change($message, function (Message $current) use ($user, $emoji): bool {
            abort_if($current->isDeleted(), 403, 'This message has been deleted.');

            $chosen = $current->reactions()->get();

            if ($chosen->contains(fn ($reaction) => $reaction->user_id === $user->id && $reaction->emoji === $emoji)) {
                return false;
            }

            $different = $chosen->pluck('emoji')->push($emoji)->unique()->count();

            if ($different > config('chat.max_reactions')) {
                throw ValidationException::withMessages(['emoji' => 'This message has too many different reactions.']);
            }

            $current->reactions()->create(['user_id' => $user->id, 'emoji' => $emoji]);

            return true;
        });
    }

    /** Takes a person's reaction back. Doing it again changes nothing. */
    public function unreact(Message $message, User $user, string $emoji): Message
    {
        return $this->change($message, fn (Message $current): bool => $current->reactions()
            ->where('user_id', $user->id)
            ->where('emoji', $emoji)
            ->delete() > 0);
    }

    private function insert(Conversation $conversation, User $sender, NewMessage $draft): Message
    {
        $locked = $this->lock($conversation->id);

        // Looked for behind the lock: of two repeats at the same moment, the second finds what the first has written.
        if ($existing = $this->findRepeated($locked, $sender, $draft)) {
            return $existing;
        }

        $this->requireReplyTarget($locked, $draft->replyToId);
        $revision = $locked->revision + 1;

        $message = $locked->messages()->create([
            'sender_id' => $sender->id,
            'temp_id' => $draft->tempId,
            'content' => $draft->content,
            'reply_to_id' => $draft->replyToId,
            'position' => $revision,
            'revision' => $revision,
        ]);

        $this->attach($message, $sender, $draft->attachmentIds);
        $locked->forceFill(['revision' => $revision, 'last_message_id' => $message->id])->save();
        MessageSentEvent::dispatch($message->load(Message::SHOWN), $locked->participantIds());

        return $message;
    }

    /** @param  Closure(Message): bool  $apply  changes the message; false when there was nothing to change */
    private function change(Message $message, Closure $apply): Message
    {
        return DB::transaction(function () use ($message, $apply): Message {
            $conversation = $this->lock($message->conversation_id);
            // By a lock, too: within a transaction of the application that has read before, MySQL would show the message as it was by then,
            // and the text of one that was deleted meanwhile would come back.
            $current = Message::query()->lockForUpdate()->findOrFail($message->id);

            if (! $apply($current)) {
                return $current->load(Message::SHOWN);
            }

            $current->revision = $conversation->revision + 1;
            $current->save();
            $conversation->forceFill(['revision' => $current->revision])->save();
            $current->load(Message::SHOWN);

            $event = $current->isDeleted() ? MessageDeletedEvent::class : MessageUpdatedEvent::class;
            $event::dispatch($current, $conversation->participantIds());

            // One that is deleted is no longer unread, wherever it stands.
            if ($current->isDeleted() || $conversation->last_message_id === $current->id) {
                ConversationChangedEvent::tellAll($conversation);
            }

            return $current;
        }, self::ATTEMPTS);
    }

    /**
     * Nobody else gets past this until the transaction ends.
     *
     * The update changes nothing and is there for SQLite, which has no row locks: a transaction whose first statement
     * writes waits for its turn, while one that reads first and then writes fails at once with "database is locked".
     * (`transaction_mode` of config/database.php does the same, but Laravel heeds it on PHP 8.4 and later only.)
     */
    private function lock(int $conversationId): Conversation
    {
        DB::table('conversations')->where('id', $conversationId)->update(['revision' => DB::raw('revision')]);

        return Conversation::query()->lockForUpdate()->findOrFail($conversationId);
    }

    private function findRepeated(Conversation $conversation, User $sender, NewMessage $draft): ?Message
    {
        if ($draft->tempId === null) {
            return null;
        }

        $message = Message::query()->where('sender_id', $sender->id)->where('temp_id', $draft->tempId)->first();

        if ($message !== null && $message->conversation_id !== $conversation->id) {
            throw ValidationException::withMessages(['temp_id' => 'This temp id has been used in another conversation.']);
        }

        return $message?->load(Message::SHOWN);
    }

    /** One that was deleted in the meantime may be answered: who wrote the answer must not lose it. */
    private function requireReplyTarget(Conversation $conversation, ?int $id): void
    {
        if ($id !== null && ! $conversation->messages()->whereKey($id)->exists()) {
            throw ValidationException::withMessages(['reply_to_id' => 'The message to reply to is not in this conversation.']);
        }
    }

    /** @param  list<int>  $ids */
    private function attach(Message $message, User $sender, array $ids): void
    {
        $taken = Attachment::query()
            ->whereKey($ids)
            ->where('user_id', $sender->id)
            ->whereNull('message_id')
            ->update(['message_id' => $message->id]);

        if ($taken !== count($ids)) {
            throw ValidationException::withMessages(['attachment_ids' => 'An attachment is not yours or belongs to another message.']);
        }
    }
}
