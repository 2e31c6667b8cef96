<?php

namespace App\Chat;

use App\Models\Conversation;
use App\Models\Message;
use Illuminate\Database\Eloquent\Builder;
use Illuminate\Support\Collection;

/** A stretch of a conversation, oldest first, and whether there is more on either side. */
final readonly class MessagePage
{
    /** @param  Collection<int, Message>  $messages */
    private function __construct(
        public Collection $messages,
        public bool $hasMoreBefore,
        public bool $hasMoreAfter,
    ) {}

    public static function newest(Conversation $conversation, int $limit, ?string $search): self
    {
        [$messages, $more] = self::take(self::shown($conversation, $search)->orderByDesc('position'), $limit);

        return new self($messages->reverse()->values(), $more, false);
    }

    public static function before(Conversation $conversation, int $position, int $limit, ?string $search): self
    {
        $older = self::shown($conversation, $search)->where('position', '<', $position)->orderByDesc('position');
        [$messages, $more] = self::take($older, $limit);

        return new self(
            $messages->reverse()->values(),
            $more,
            self::shown($conversation, $search)->where('position', '>=', $position)->exists(),
        );
    }

    public static function after(Conversation $conversation, int $position, int $limit, ?string $search): self
    {
        $newer = self::shown($conversation, $search)->where('position', '>', $position)->orderBy('position');
        [$messages, $more] = self::take($newer, $limit);

        return new self(
            $messages,
            self::shown($conversation, $search)->where('position', '<=', $position)->exists(),
            $more,
        );
    }

    /** The message itself, as many as fit before it, and the rest after it. */
    public static function around(Conversation $conversation, int $position, int $limit, ?string $search): self
    {
        $before = intdiv($limit - 1, 2);
        $older = self::shown($conversation, $search)->where('position', '<', $position)->orderByDesc('position');
        [$earlier, $moreBefore] = self::take($older, $before);
        $rest = self::shown($conversation, $search)->where('position', '>=', $position)->orderBy('position');
        [$later, $moreAfter] = self::take($rest, $limit - $earlier->count());

        return new self($earlier->reverse()->concat($later)->values(), $moreBefore, $moreAfter);
    }

    /** @return Builder<Message> */
    private static function shown(Conversation $conversation, ?string $search): Builder
    {
        return $conversation->messages()->getQuery()
            ->with(Message::SHOWN)
            ->when($search !== null && $search !== '', fn (Builder $query) => $query->containing($search));
    }

    /**
     * One row more than asked for tells whether there are more.
     *
     * @param  Builder<Message>  $query
     * @return array{Collection<int, Message>, bool}
     */
    private static function take(Builder $query, int $limit): array
    {
        $rows = $query->limit($limit + 1)->get();

        return [$rows->take($limit)->values()->toBase(), $rows->count() > $limit];
    }
}
