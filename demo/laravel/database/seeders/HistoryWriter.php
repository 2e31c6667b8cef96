<?php

namespace Database\Seeders;

use App\Chat\MessageLog;
use App\Chat\NewMessage;
use App\Chat\ReadMarks;
use App\Models\Conversation;
use App\Models\Message;
use App\Models\User;
use Illuminate\Support\Carbon;
use Illuminate\Support\Str;

/**
 * Plays a written conversation through the same code that real messages take, at the times it says.
 *
 * The form of the files is explained in the first line of history/direct.txt.
 */
final class HistoryWriter
{
    public function __construct(private readonly MessageLog $log, private readonly ReadMarks $marks) {}

    /**
     * @param  array<string, User>  $people
     * @param  int  $unread  how many of the last messages nobody has read yet
     */
    public function write(Conversation $conversation, array $people, string $file, int $unread): void
    {
        /** @var list<Message> $written */
        $written = [];
        $at = Carbon::now();

        foreach (file($file, FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES) ?: [] as $line) {
            if (str_starts_with($line, '#')) {
                continue;
            }

            if (str_starts_with($line, '@')) {
                $at = self::dayAndTime($line);

                continue;
            }

            [$who, $text] = explode(': ', $line, 2);
            $steps = explode(' ~ ', $text);
            // Sometimes an answer at once, sometimes a few minutes later; the same on every seeding.
            $at = $at->addSeconds(20 + crc32($line) % 240);
            $written[] = Carbon::withTestNow($at, fn () => $this->play($conversation, $people, $who, $steps, $written));
        }

        $this->readAllBut($conversation, $people, $written, $unread);
    }

    /**
     * @param  array<string, User>  $people
     * @param  list<string>  $steps  the text, and what is done to it
     * @param  list<Message>  $earlier
     */
    private function play(Conversation $conversation, array $people, string $who, array $steps, array $earlier): Message
    {
        $text = str_replace('\n', "\n", array_shift($steps));
        $reply = null;

        foreach ($steps as $step) {
            $reply = str_starts_with($step, 'reply ') ? $earlier[(int) substr($step, 6) - 1]->id : $reply;
        }

        $message = $this->log->append($conversation, $people[$who], new NewMessage($text, (string) Str::uuid(), $reply));

        foreach ($steps as $step) {
            [$verb, $rest] = [...explode(' ', $step, 2), ''];
            match ($verb) {
                'edit' => $this->log->edit($message, $rest),
                'delete' => $this->log->remove($message),
                'react' => $this->log->react($message, $people[Str::before($rest, ' ')], Str::after($rest, ' ')),
                default => null,
            };
        }

        return $message;
    }

    /**
     * Everybody has read all but the last few messages of others.
     *
     * @param  array<string, User>  $people
     * @param  list<Message>  $written
     */
    private function readAllBut(Conversation $conversation, array $people, array $written, int $unread): void
    {
        $upTo = $written[count($written) - 1 - $unread] ?? null;

        foreach ($upTo === null ? [] : $people as $person) {
            if ($conversation->hasParticipant($person)) {
                $this->marks->advance($conversation, $person, [$upTo->id]);
            }
        }
    }

    /** "@ -6 09:12" is six days ago at that time, "@ 0 -75" is 75 minutes ago, so that nothing lies in the future. */
    private static function dayAndTime(string $line): Carbon
    {
        [, $day, $time] = explode(' ', $line);

        return str_contains($time, ':')
            ? Carbon::now()->addDays((int) $day)->setTimeFromTimeString($time)
            : Carbon::now()->addMinutes((int) $time);
    }
}
