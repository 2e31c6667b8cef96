<?php

namespace Tests;

use Illuminate\Broadcasting\Broadcasters\NullBroadcaster;

/** Keeps what would have gone to Reverb. */
final class RecordingBroadcaster extends NullBroadcaster
{
    /** @var list<array{channels: list<string>, event: string, payload: array<string, mixed>}> */
    public array $sent = [];

    public function broadcast(array $channels, $event, array $payload = []): void
    {
        unset($payload['socket']);
        $this->sent[] = ['channels' => array_map(strval(...), $channels), 'event' => $event, 'payload' => $payload];
    }

    /** @return list<array<string, mixed>> the payloads of one type */
    public function ofType(string $type): array
    {
        return array_values(array_filter(
            array_column($this->sent, 'payload'),
            fn (array $payload) => $payload['type'] === $type,
        ));
    }
}
