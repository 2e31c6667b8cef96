<?php

namespace Tests\Feature;

use App\Events\MessageSentEvent;
use App\Models\Attachment;
use App\Models\Conversation;
use App\Models\Message;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Str;
use PHPUnit\Framework\Attributes\DataProvider;
use RuntimeException;
use Tests\TestCase;

class SendMessageTest extends TestCase
{
    private const SHAPE = [
        'id', 'conversation_id', 'temp_id', 'sender' => ['id', 'name', 'avatar_url'], 'content', 'created_at', 'edited_at',
        'deleted_at', 'position', 'revision', 'reply_to', 'attachments', 'reactions',
    ];

    public function test_stores_a_message_and_tells_every_participant(): void
    {
        $answer = $this->send(['content' => "  Hello\n", 'temp_id' => 'a-1'])->assertCreated();

        $answer->assertExactJsonStructure(['data' => self::SHAPE])
            ->assertJsonPath('data.content', "  Hello\n")
            ->assertJsonPath('data.temp_id', 'a-1')
            ->assertJsonPath('data.position', 1)
            ->assertJsonPath('data.revision', 1);
        $this->assertCount(1, $this->wire->sent);
        $this->assertSame(MessageSentEvent::class, $this->wire->sent[0]['event']);
        $this->assertSame(
            ["private-user.{$this->ali->id}", "private-user.{$this->vali->id}"],
            $this->wire->sent[0]['channels'],
        );
        $this->assertSame(
            ['type' => 'message', 'data' => ['message' => $answer->json('data'), 'tempId' => 'a-1']],
            $this->wire->sent[0]['payload'],
        );
    }

    public function test_also_tells_the_conversation_channel_where_that_is_switched_on(): void
    {
        config(['chat.conversation_channel' => true]);

        $this->send(['content' => 'Hello'])->assertCreated();

        $this->assertContains("presence-conversation.{$this->conversation->id}", $this->wire->sent[0]['channels']);
    }

    public function test_a_repeat_gets_the_same_row_and_nobody_is_told_twice(): void
    {
        $first = $this->send(['content' => 'Once', 'temp_id' => 'same'])->assertCreated();
        $second = $this->send(['content' => 'Once', 'temp_id' => 'same'])->assertOk();

        $this->assertSame($first->json('data'), $second->json('data'));
        $this->assertSame(1, Message::query()->count());
        $this->assertSame(1, $this->revision());
        $this->assertCount(1, $this->wire->sent);
    }

    public function test_two_people_may_choose_the_same_temp_id(): void
    {
        $this->send(['content' => 'Mine', 'temp_id' => 'same'])->assertCreated();

        $this->as($this->vali)
            ->postJson("/api/conversations/{$this->conversation->id}/messages", ['content' => 'Mine too', 'temp_id' => 'same'])
            ->assertCreated();
    }

    public function test_temp_ids_that_differ_by_case_are_two_messages(): void
    {
        $this->send(['content' => 'One', 'temp_id' => 'abc'])->assertCreated();

        $this->send(['content' => 'Two', 'temp_id' => 'aBc'])->assertCreated()->assertJsonPath('data.content', 'Two');
    }

    public function test_a_temp_id_of_another_conversation_is_refused(): void
    {
        $other = Conversation::factory()->between($this->ali, $this->stranger)->create();
        $this->send(['content' => 'Hello', 'temp_id' => 'same'])->assertCreated();

        $this->postJson("/api/conversations/{$other->id}/messages", ['content' => 'Hello', 'temp_id' => 'same'])
            ->assertStatus(422)
            ->assertJsonValidationErrors(['temp_id']);
    }

    /** @param  array<string, mixed>  $body */
    #[DataProvider('badBodies')]
    public function test_refuses_what_is_not_a_message(array $body, string $field): void
    {
        $this->send($body)->assertStatus(422)->assertJsonValidationErrors([$field]);

        $this->assertSame(0, Message::query()->count());
        $this->assertSame(0, $this->revision());
        $this->assertSame([], $this->wire->sent);
    }

    /** @return array<string, array{array<string, mixed>, string}> */
    public static function badBodies(): array
    {
        return [
            'nothing' => [[], 'content'],
            'empty' => [['content' => ''], 'content'],
            'spaces' => [['content' => "  \n\t "], 'content'],
            'wide and invisible spaces' => [['content' => "\u{3000}\u{00A0}\u{200B}\u{202E}"], 'content'],
            'too long' => [['content' => str_repeat('ж', 10_001)], 'content'],
            'a list' => [['content' => ['a']], 'content'],
            'a number' => [['content' => 5], 'content'],
            'NUL' => [['content' => "a\0b"], 'content'],
            'no temp id' => [['content' => 'a', 'temp_id' => null], 'temp_id'],
            'a temp id with a space' => [['content' => 'a', 'temp_id' => 'a b'], 'temp_id'],
            'a temp id of two lines' => [['content' => 'a', 'temp_id' => "a\nb"], 'temp_id'],
            'a long temp id' => [['content' => 'a', 'temp_id' => str_repeat('a', 65)], 'temp_id'],
            'a reply to nothing' => [['content' => 'a', 'reply_to_id' => 999], 'reply_to_id'],
            'a reply to words' => [['content' => 'a', 'reply_to_id' => 'x'], 'reply_to_id'],
            'six attachments' => [['content' => 'a', 'attachment_ids' => [1, 2, 3, 4, 5, 6]], 'attachment_ids'],
            'an attachment twice' => [['content' => 'a', 'attachment_ids' => [1, 1]], 'attachment_ids.0'],
            'an unknown attachment' => [['content' => 'a', 'attachment_ids' => [999]], 'attachment_ids'],
        ];
    }

    public function test_takes_the_longest_message_allowed(): void
    {
        $this->send(['content' => str_repeat('ж', 10_000)])->assertCreated();
    }

    public function test_takes_longer_ones_where_that_is_set(): void
    {
        config(['chat.max_content_length' => 20_000]);

        $this->send(['content' => str_repeat('😀', 20_000)])->assertCreated();
    }

    /** PHP's tables of Unicode are some years old: what is new since is not assigned yet, and to be seen all the same. */
    #[DataProvider('visible')]
    public function test_takes_whatever_there_is_to_see(string $content): void
    {
        $this->send(['content' => $content])->assertCreated()->assertJsonPath('data.content', $content);
    }

    /** @return array<string, array{string}> */
    public static function visible(): array
    {
        return ['an emoji of 2025' => ["\u{1FAE9}"], 'a letter of no script' => ["\u{F8FF}"], 'a flag' => ['🏴󠁧󠁢󠁥󠁮󠁧󠁿']];
    }

    public function test_shows_what_a_message_replies_to(): void
    {
        $first = $this->messageBy($this->vali, str_repeat('long ', 100));

        $this->send(['content' => 'Yes', 'reply_to_id' => $first->id])
            ->assertCreated()
            ->assertJsonPath('data.reply_to.id', $first->id)
            ->assertJsonPath('data.reply_to.sender.name', 'Vali Yusupov');
    }

    public function test_a_reply_stays_within_its_conversation(): void
    {
        $elsewhere = Conversation::factory()->between($this->vali, $this->stranger)->create();
        $secret = $this->messageBy($this->vali, 'Secret', $elsewhere);

        $this->send(['content' => 'a', 'reply_to_id' => $secret->id])
            ->assertStatus(422)
            ->assertJsonMissing(['content' => 'Secret']);
    }

    public function test_takes_free_attachments_of_the_sender_and_says_so_again_to_a_repeat(): void
    {
        $mine = Attachment::factory()->for($this->ali, 'user')->create();
        $body = ['temp_id' => 'with-file', 'attachment_ids' => [$mine->id]];

        $first = $this->send($body)->assertCreated()->assertJsonPath('data.attachments.0.id', $mine->id);
        $this->send($body)->assertOk()->assertJsonPath('data.id', $first->json('data.id'));
        $this->send(['content' => 'again', 'attachment_ids' => [$mine->id]])->assertStatus(422);
    }

    public function test_does_not_go_through_a_list_of_attachments_that_is_too_long(): void
    {
        $answer = $this->send(['content' => 'a', 'attachment_ids' => array_fill(0, 6, 'x')])->assertStatus(422);

        $this->assertSame(['attachment_ids'], array_keys($answer->json('errors')));
    }

    public function test_an_attachment_of_somebody_else_is_refused_and_nothing_is_stored(): void
    {
        $theirs = Attachment::factory()->for($this->vali, 'user')->create();

        $this->send(['content' => 'a', 'attachment_ids' => [$theirs->id]])->assertStatus(422);

        $this->assertSame(0, Message::query()->count());
        $this->assertSame(0, $this->revision());
        $this->assertSame([], $this->wire->sent);
    }

    public function test_broadcasts_only_after_the_commit(): void
    {
        DB::transaction(function (): void {
            $this->send(['content' => 'Wait'])->assertCreated();
            $this->assertSame([], $this->wire->sent);
        });

        $this->assertCount(1, $this->wire->sent);
    }

    public function test_a_rollback_takes_row_revision_and_broadcast_back(): void
    {
        try {
            DB::transaction(function (): void {
                $this->send(['content' => 'Never'])->assertCreated();

                throw new RuntimeException('after the insert');
            });
        } catch (RuntimeException) {
            // What the test is about.
        }

        $this->assertSame(0, Message::query()->count());
        $this->assertSame(0, $this->revision());
        $this->assertSame([], $this->wire->sent);
    }

    public function test_limits_how_fast_one_person_sends(): void
    {
        config(['chat.limits.messages' => 2]);

        $this->send(['content' => '1'])->assertCreated();
        $this->send(['content' => '2'])->assertCreated();
        $this->send(['content' => '3'])->assertStatus(429)->assertHeader('Retry-After');
    }

    /** @param  array<string, mixed>  $body */
    private function send(array $body)
    {
        return $this->as($this->ali)->postJson("/api/conversations/{$this->conversation->id}/messages", $body + ['temp_id' => (string) Str::uuid()]);
    }
}
