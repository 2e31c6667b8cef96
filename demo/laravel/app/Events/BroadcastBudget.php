<?php

namespace App\Events;

/**
 * Whether an event fits into the one HTTP request by which it is handed to Reverb.
 *
 * Reverb refuses requests over `max_request_size` (10,000 bytes by default, headers included) with 413, and then nobody
 * gets the event. The data is JSON inside JSON: a Cyrillic letter, six bytes as an escape, weighs seven by then.
 */
final class BroadcastBudget
{
    /** Request line with its signature, and headers: about 420 bytes with pusher-php-server 7.2, and some to spare. */
    private const HEADERS = 700;

    /** "private-user." and a UUID, quoted, with its comma. */
    private const CHANNEL = 52;

    /** Laravel names at most so many channels in one request. */
    private const CHANNELS_PER_REQUEST = 100;

    /** @param  array<string, mixed>  $payload */
    public static function fits(string $event, array $payload, int $channels): bool
    {
        $body = json_encode(['name' => $event, 'data' => json_encode($payload)]);
        $weight = self::HEADERS + strlen((string) $body) + self::CHANNEL * min($channels + 1, self::CHANNELS_PER_REQUEST);

        return $weight <= config('chat.broadcast_limit');
    }
}
