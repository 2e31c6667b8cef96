<?php

namespace Tests\Feature;

use App\Models\Attachment;
use App\Models\Conversation;
use App\Models\Message;
use App\Models\User;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Storage;
use PHPUnit\Framework\Attributes\DataProvider;
use RuntimeException;
use Tests\TestCase;

class ChangeMessageTest extends TestCase
{
    public function test_an_edit_takes_the_next_revision_and_keeps_the_position(): void
    {
        $message = $this->messageBy($this->ali, 'Helo');
        $this->messageBy($this->vali);

        $this->as($this->ali)->patchJson("/api/messages/{$message->id}", ['content' => 'Hello'])
            ->assertOk()
            ->assertJsonPath('data.content', 'Hello')
            ->assertJsonPath('data.position', 1)
            ->assertJsonPath('data.revision', 3);

        $this->assertNotNull($message->refresh()->edited_at);
        $this->assertSame(3, $this->revision());
        $this->assertSame('Hello', $this->wire->ofType('message.updated')[0]['data']['message']['content']);
    }

    public function test_an_edit_that_changes_nothing_says_nothing(): void
    {
        $message = $this->messageBy($this->ali, 'Same');

        $this->as($this->ali)->patchJson("/api/messages/{$message->id}", ['content' => 'Same'])->assertOk();

        $this->assertSame(1, $this->revision());
        $this->assertSame([], $this->wire->sent);
    }

    public function test_a_file_may_lose_its_words(): void
    {
        $message = $this->messageBy($this->ali, 'A caption');
        Attachment::factory()->for($this->ali, 'user')->create()->forceFill(['message_id' => $message->id])->save();

        $this->as($this->ali)->patchJson("/api/messages/{$message->id}", ['content' => ''])
            ->assertOk()
            ->assertJsonPath('data.content', '')
            ->assertJsonPath('data.revision', 2);
        $this->patchJson("/api/messages/{$message->id}", [])->assertStatus(422);
    }

    public function test_a_message_without_a_file_keeps_some_words(): void
    {
        $message = $this->messageBy($this->ali);

        foreach (['', '  ', null, "\u{200B}"] as $nothing) {
            $this->as($this->ali)->patchJson("/api/messages/{$message->id}", ['content' => $nothing])->assertStatus(422);
        }
    }

    public function test_a_deleted_message_stays_as_a_tombstone_without_its_words(): void
    {
        Storage::fake('local');
        $message = $this->messageBy($this->ali, 'Secret');
        $attachment = Attachment::factory()->for($this->ali, 'user')->create();
        $attachment->forceFill(['message_id' => $message->id])->save();
        Storage::put($attachment->path, 'x');
        $this->as($this->vali)->putJson("/api/messages/{$message->id}/reactions/👍")->assertOk();
        $this->wire->sent = [];

        $answer = $this->as($this->ali)->deleteJson("/api/messages/{$message->id}")->assertOk()
            ->assertJsonPath('data.content', '')
            ->assertJsonPath('data.attachments', [])
            ->assertJsonPath('data.reactions', [])
            ->assertJsonPath('data.revision', 3);

        $this->assertNotNull($answer->json('data.deleted_at'));
        $this->assertSame([$answer->json('data')], array_column(array_column($this->wire->ofType('message.deleted'), 'data'), 'message'));
        $this->assertDatabaseMissing('messages', ['content' => 'Secret']);
        $this->assertDatabaseMissing('messages', ['folded' => 'secret']);
        $this->assertDatabaseCount('attachments', 0);
        Storage::assertMissing($attachment->path);
    }

    public function test_a_message_is_deleted_for_everybody_also_where_its_file_cannot_be(): void
    {
        $message = $this->messageBy($this->ali, 'Secret');
        Attachment::factory()->for($this->ali, 'user')->create()->forceFill(['message_id' => $message->id])->save();
        Storage::shouldReceive('disk->delete')->once()->andThrow(new RuntimeException('The disk is gone.'));

        $this->as($this->ali)->deleteJson("/api/messages/{$message->id}")->assertOk()->assertJsonPath('data.attachments', []);

        $this->assertCount(1, $this->wire->ofType('message.deleted'));
    }

    public function test_the_row_is_announced_when_an_unread_message_goes_that_is_not_the_last(): void
    {
        $message = $this->messageBy($this->ali);
        $this->messageBy($this->ali);

        $this->as($this->ali)->deleteJson("/api/messages/{$message->id}")->assertOk();

        $rows = array_column(array_column($this->wire->ofType('conversation'), 'data'), 'conversation');
        $this->assertContains(1, array_column($rows, 'unread_count'));
    }

    public function test_everybody_hears_of_his_or_her_own_row(): void
    {
        $message = $this->messageBy($this->ali);
        $this->messageBy($this->ali);
        $this->messageBy($this->vali);

        $this->as($this->ali)->deleteJson("/api/messages/{$message->id}")->assertOk();

        $rows = array_column(array_column($this->wire->ofType('conversation'), 'data'), 'conversation');
        $shown = array_map(
            fn (User $viewer) => $this->as($viewer)->getJson("/api/conversations/{$this->conversation->id}")->json('data'),
            [$this->ali, $this->vali],
        );
        $this->assertSame($shown, $rows);
        $this->assertSame([1, 1], array_column($rows, 'unread_count'));
    }

    #[DataProvider('sizesOfGroups')]
    public function test_a_reaction_takes_as_many_queries_in_a_group_as_between_two(int $others, int $rows): void
    {
        $count = function (User ...$participants): int {
            $message = $this->messageBy($this->ali, 'Hello', Conversation::factory()->between($this->ali, ...$participants)->create());
            DB::flushQueryLog();
            DB::enableQueryLog();
            $this->as($this->ali)->putJson("/api/messages/{$message->id}/reactions/👍")->assertOk();

            return count(DB::getQueryLog());
        };
        $group = User::factory()->count($others)->create(['password' => 'x'])->all();
        $between = $count($this->vali);
        $this->wire->sent = [];

        $this->assertLessThanOrEqual($between, $count(...$group));
        $this->assertCount($rows, $this->wire->ofType('conversation'));
    }

    /** @return list<array{int, int}> how many others, and how many rows are announced: those of a large group are too heavy */
    public static function sizesOfGroups(): array
    {
        return [[20, 21], [299, 0]];
    }

    public function test_deleting_again_changes_nothing(): void
    {
        $message = $this->messageBy($this->ali);

        $this->as($this->ali)->deleteJson("/api/messages/{$message->id}")->assertOk();
        $this->as($this->ali)->deleteJson("/api/messages/{$message->id}")->assertOk()->assertJsonPath('data.revision', 2);

        $this->assertCount(1, $this->wire->ofType('message.deleted'));
    }

    public function test_nothing_more_happens_to_a_deleted_message(): void
    {
        $message = $this->messageBy($this->ali);
        $this->as($this->ali)->deleteJson("/api/messages/{$message->id}")->assertOk();

        $this->patchJson("/api/messages/{$message->id}", ['content' => 'Back'])->assertForbidden();
        $this->putJson("/api/messages/{$message->id}/reactions/👍")->assertForbidden();

        $this->assertSame(2, $this->revision());
    }

    public function test_an_answer_is_not_lost_with_what_it_answers(): void
    {
        $message = $this->messageBy($this->ali, 'Secret');
        $this->as($this->ali)->deleteJson("/api/messages/{$message->id}")->assertOk();

        $this->as($this->vali)
            ->postJson("/api/conversations/{$this->conversation->id}/messages", ['content' => 'a', 'temp_id' => 'a', 'reply_to_id' => $message->id])
            ->assertCreated()
            ->assertJsonPath('data.reply_to.id', $message->id)
            ->assertJsonPath('data.reply_to.content', '');
    }

    public function test_a_reply_forgets_what_it_replied_to(): void
    {
        $message = $this->messageBy($this->ali, 'Secret');
        $this->as($this->vali)
            ->postJson("/api/conversations/{$this->conversation->id}/messages", ['content' => 'a', 'temp_id' => 'a', 'reply_to_id' => $message->id]);

        $this->as($this->ali)->deleteJson("/api/messages/{$message->id}")->assertOk();

        $this->getJson("/api/conversations/{$this->conversation->id}/messages")
            ->assertJsonPath('data.1.reply_to.content', '')
            ->assertDontSee('Secret');
    }

    public function test_reactions_are_counted_by_emoji_and_each_person_counts_once(): void
    {
        $message = $this->messageBy($this->ali);

        $this->as($this->vali)->putJson("/api/messages/{$message->id}/reactions/👍")->assertOk();
        $this->as($this->vali)->putJson("/api/messages/{$message->id}/reactions/👍")->assertJsonPath('data.revision', 2);
        $this->as($this->ali)->putJson("/api/messages/{$message->id}/reactions/👍")
            ->assertJsonPath('data.revision', 3)
            ->assertJsonPath('data.reactions', [
                ['emoji' => '👍', 'count' => 2, 'user_ids' => [$this->vali->id, $this->ali->id]],
            ]);

        $this->assertCount(2, $this->wire->ofType('message.updated'));
    }

    public function test_a_reaction_is_taken_back_by_who_gave_it(): void
    {
        $message = $this->messageBy($this->ali);
        $this->as($this->vali)->putJson("/api/messages/{$message->id}/reactions/👍");

        $this->as($this->ali)->deleteJson("/api/messages/{$message->id}/reactions/👍")->assertJsonPath('data.revision', 2);
        $this->as($this->vali)->deleteJson("/api/messages/{$message->id}/reactions/👍")
            ->assertJsonPath('data.revision', 3)
            ->assertJsonPath('data.reactions', []);
    }

    #[DataProvider('emojis')]
    public function test_takes_every_kind_of_emoji(string $emoji): void
    {
        $message = $this->messageBy($this->ali);

        $this->as($this->ali)->putJson("/api/messages/{$message->id}/reactions/".rawurlencode($emoji))
            ->assertOk()
            ->assertJsonPath('data.reactions.0.emoji', $emoji);
    }

    /** @return list<array{string}> */
    public static function emojis(): array
    {
        return [['👍'], ['👍🏽'], ['❤️'], ['👩‍💻'], ['🏳️‍🌈'], ['🇺🇿'], ['1️⃣'], ['☕']];
    }

    #[DataProvider('notEmojis')]
    public function test_refuses_a_reaction_that_is_not_one_emoji(string $text): void
    {
        $message = $this->messageBy($this->ali);

        $answer = $this->as($this->ali)->putJson("/api/messages/{$message->id}/reactions/".rawurlencode($text));

        $this->assertContains($answer->status(), [404, 422]);
        $this->assertSame(1, $this->revision());
    }

    /** @return list<array{string}> */
    public static function notEmojis(): array
    {
        return [['a'], ['👍👍'], ['<script>'], ['👍a'], [' '], ["👍\n"], ['1'], [str_repeat("\u{1F469}\u{200D}", 12)."\u{1F4BB}"], ['../x']];
    }

    public function test_limits_the_kinds_of_reactions_on_one_message(): void
    {
        config(['chat.max_reactions' => 1]);
        $message = $this->messageBy($this->ali);

        $this->as($this->ali)->putJson("/api/messages/{$message->id}/reactions/👍")->assertOk();
        $this->as($this->ali)->putJson("/api/messages/{$message->id}/reactions/🎉")->assertStatus(422);
        $this->as($this->vali)->putJson("/api/messages/{$message->id}/reactions/👍")->assertOk();
    }

    public function test_revisions_are_dense_over_all_kinds_of_changes(): void
    {
        $first = $this->messageBy($this->ali);
        $second = $this->messageBy($this->vali);
        $this->as($this->ali)->patchJson("/api/messages/{$first->id}", ['content' => 'b']);
        $this->as($this->ali)->putJson("/api/messages/{$second->id}/reactions/👍");
        $this->as($this->ali)->deleteJson("/api/messages/{$first->id}");
        $this->as($this->ali)->postJson("/api/conversations/{$this->conversation->id}/messages", ['content' => 'c', 'temp_id' => 'c']);
        $this->as($this->ali)->deleteJson("/api/messages/{$second->id}/reactions/👍");

        $messages = array_column(array_column(array_column($this->wire->sent, 'payload'), 'data'), 'message');
        $announced = array_column($messages, 'revision');

        $this->assertSame([3, 4, 5, 6, 7], $announced);
        $this->assertSame(7, $this->revision());
        $this->assertSame(3, Message::query()->count());
    }
}
