<?php

namespace Tests\Feature;

use App\Chat\MessageLog;
use App\Chat\NewMessage;
use App\Models\User;
use PHPUnit\Framework\Attributes\DataProvider;
use Pusher\Pusher;
use Tests\TestCase;

class ThinPayloadTest extends TestCase
{
    public function test_a_message_that_is_too_heavy_for_reverb_goes_out_thin(): void
    {
        $message = $this->append(str_repeat('ж', 5_000));

        $this->assertSame([
            'message' => [
                'id' => $message->id,
                'conversation_id' => $this->conversation->id,
                'revision' => 1,
                'thin' => true,
            ],
            'tempId' => 'heavy',
        ], $this->wire->sent[0]['payload']['data']);
    }

    public function test_a_message_that_fits_goes_out_whole(): void
    {
        $this->append(str_repeat('a', 7_000));

        $this->assertArrayNotHasKey('thin', $this->wire->sent[0]['payload']['data']['message']);
    }

    /** The request as pusher-php-server would really send it stays below the limit, whatever the text and however many people. */
    #[DataProvider('weights')]
    public function test_no_request_passes_the_limit(string $letter, int $people): void
    {
        $this->conversation->participants()->attach(User::factory()->count($people)->create());

        foreach (range(100, 10_000, 300) as $length) {
            $this->append(str_repeat($letter, $length), null);
        }

        $weights = array_map(fn (array $sent) => $this->requestSize($sent), $this->wire->sent);
        $this->assertLessThanOrEqual(10_000, max($weights));
        // And the limit is made use of: nothing that weighs less than 8,000 has been thinned out.
        $whole = array_filter($this->wire->sent, fn (array $sent) => ! isset($sent['payload']['data']['message']['thin']));
        $this->assertGreaterThan(8_000 - 300 * 7, max(array_map(fn (array $sent) => $this->requestSize($sent), $whole)));
    }

    /** @return list<array{string, int}> */
    public static function weights(): array
    {
        return [['a', 0], ['ж', 0], ['😀', 0], ['"', 0], ["\n", 0], ['\\', 0], ['a', 60]];
    }

    public function test_a_conversation_row_that_is_too_heavy_is_left_to_the_next_fetch(): void
    {
        $message = $this->append(str_repeat('ж', 5_000));
        $this->wire->sent = [];

        $this->as($this->vali)->postJson("/api/conversations/{$this->conversation->id}/read", ['message_ids' => [$message->id]]);

        $this->assertCount(1, $this->wire->ofType('read'));
        $this->assertSame([], $this->wire->ofType('conversation'));
    }

    public function test_a_thin_message_is_fetched_by_its_id(): void
    {
        $message = $this->append(str_repeat('ж', 5_000));

        $this->as($this->vali)->getJson("/api/conversations/{$this->conversation->id}/messages?around={$message->id}&limit=1")
            ->assertJsonPath('data.0.content', str_repeat('ж', 5_000));
    }

    private function append(string $content, ?string $tempId = 'heavy')
    {
        return app(MessageLog::class)->append($this->conversation, $this->ali, new NewMessage($content, $tempId));
    }

    /** @param  array{channels: list<string>, event: string, payload: array<string, mixed>}  $sent */
    private function requestSize(array $sent): int
    {
        $body = json_encode([
            'name' => $sent['event'],
            'data' => json_encode($sent['payload'], JSON_THROW_ON_ERROR),
            'channels' => $sent['channels'],
        ]);
        $query = http_build_query(Pusher::build_auth_query_params('demo-key', 'demo-secret', 'POST', '/apps/1001/events', [
            'body_md5' => md5($body),
        ]));
        $headers = "POST /apps/1001/events?{$query} HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: GuzzleHttp/7\r\n"
            ."Content-Type: application/json\r\nX-Pusher-Library: pusher-http-php 7.2.6\r\nContent-Length: 9999\r\n\r\n";

        return strlen($headers.$body);
    }
}
