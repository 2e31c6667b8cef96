<?php

namespace Tests\Feature;

use App\Events\MessagesReadEvent;
use App\Events\UserIsTypingEvent;
use App\Models\Conversation;
use Illuminate\Support\Facades\DB;
use PHPUnit\Framework\Attributes\DataProvider;
use Tests\TestCase;

class ReadAndTypingTest extends TestCase
{
    public function test_reading_moves_the_mark_and_tells_everybody_what_was_read(): void
    {
        [$first, , $third] = [$this->messageBy($this->ali), $this->messageBy($this->vali), $this->messageBy($this->ali)];

        $this->read([$third->id])->assertNoContent();

        $this->assertSame(MessagesReadEvent::class, $this->wire->sent[0]['event']);
        $this->assertSame([[
            'conversation_id' => $this->conversation->id,
            'reader_id' => $this->vali->id,
            'message_ids' => [$first->id, $third->id],
        ]], array_column($this->wire->ofType('read'), 'data'));
        $this->getJson("/api/conversations/{$this->conversation->id}")
            ->assertJsonPath('data.unread_count', 0)
            ->assertJsonPath('data.participants.1.last_read_message_id', $third->id);
    }

    public function test_the_readers_own_devices_get_the_changed_row_and_nobody_else_does(): void
    {
        $message = $this->messageBy($this->ali);

        $this->read([$message->id]);

        $rows = array_values(array_filter($this->wire->sent, fn (array $sent) => $sent['payload']['type'] === 'conversation'));
        $this->assertCount(1, $rows);
        $this->assertSame(["private-user.{$this->vali->id}"], $rows[0]['channels']);
        $this->assertSame(0, $rows[0]['payload']['data']['conversation']['unread_count']);
    }

    public function test_the_mark_never_goes_back_and_a_repeat_says_nothing(): void
    {
        [$first, $second] = [$this->messageBy($this->ali), $this->messageBy($this->ali)];
        $this->read([$second->id]);
        $this->wire->sent = [];

        $this->read([$second->id])->assertNoContent();
        $this->read([$first->id])->assertNoContent();

        $this->assertSame([], $this->wire->sent);
        $this->assertSame($second->position, (int) DB::table('participants')->where('user_id', $this->vali->id)->value('last_read_position'));
    }

    public function test_reading_gives_out_no_revision(): void
    {
        $message = $this->messageBy($this->ali);

        $this->read([$message->id]);

        $this->assertSame(1, $this->revision());
    }

    public function test_messages_of_other_conversations_are_passed_over(): void
    {
        $foreign = $this->messageBy($this->stranger, 'x', Conversation::factory()->between($this->ali, $this->stranger)->create());

        $this->read([$foreign->id, 999])->assertNoContent();

        $this->assertSame([], $this->wire->sent);
    }

    public function test_names_at_most_the_newest_two_hundred(): void
    {
        $last = null;

        foreach (range(1, 205) as $n) {
            $last = $this->messageBy($this->ali, "m{$n}");
        }

        $this->read([$last->id]);

        $ids = $this->wire->ofType('read')[0]['data']['message_ids'];
        $this->assertCount(200, $ids);
        $this->assertSame($last->id, end($ids));
    }

    /** @param  array<string, mixed>  $body */
    #[DataProvider('badBodies')]
    public function test_refuses_a_list_that_is_none(array $body): void
    {
        $this->as($this->vali)->postJson("/api/conversations/{$this->conversation->id}/read", $body)->assertStatus(422);
    }

    /** @return list<array{array<string, mixed>}> */
    public static function badBodies(): array
    {
        return [
            [[]], [['message_ids' => []]], [['message_ids' => 'x']], [['message_ids' => ['x']]],
            [['message_ids' => ['a' => 1]]], [['message_ids' => range(1, 501)]], [['message_ids' => [0]]],
        ];
    }

    public function test_does_not_go_through_a_list_that_is_too_long(): void
    {
        $answer = $this->as($this->vali)
            ->postJson("/api/conversations/{$this->conversation->id}/read", ['message_ids' => array_fill(0, 501, 'x')]);

        $this->assertSame(['message_ids'], array_keys($answer->json('errors')));
    }

    public function test_typing_is_told_to_the_others_only(): void
    {
        $this->as($this->ali)->postJson("/api/conversations/{$this->conversation->id}/typing")->assertNoContent();

        $this->assertSame([[
            'channels' => ["private-user.{$this->vali->id}"],
            'event' => UserIsTypingEvent::class,
            'payload' => ['type' => 'typing', 'data' => [
                'conversation_id' => $this->conversation->id,
                'user' => ['id' => $this->ali->id, 'name' => 'Ali Karimov', 'email' => 'ali@example.com'],
            ]],
        ]], $this->wire->sent);
    }

    /** The workers were away, or have much to do. */
    public function test_typing_is_not_told_long_after(): void
    {
        config(['queue.default' => 'database']);
        $type = fn () => $this->as($this->ali)->postJson("/api/conversations/{$this->conversation->id}/typing")->assertNoContent();
        $type();
        $this->travel(1)->minutes();
        $type();
        $this->travel(2)->seconds();

        $this->artisan('queue:work', ['--stop-when-empty' => true])->assertSuccessful();

        $this->assertCount(1, $this->wire->ofType('typing'));
        $this->assertSame(0, DB::table('jobs')->count() + DB::table('failed_jobs')->count());
    }

    /** @param  list<int>  $ids */
    private function read(array $ids)
    {
        return $this->as($this->vali)->postJson("/api/conversations/{$this->conversation->id}/read", ['message_ids' => $ids]);
    }
}
