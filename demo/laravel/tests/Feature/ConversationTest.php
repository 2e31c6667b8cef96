<?php

namespace Tests\Feature;

use App\Chat\MessageLog;
use App\Chat\ReadMarks;
use App\Models\Conversation;
use App\Models\User;
use Illuminate\Support\Facades\DB;
use Tests\TestCase;

class ConversationTest extends TestCase
{
    public function test_shows_a_conversation_as_the_viewer_sees_it(): void
    {
        $message = $this->messageBy($this->ali, 'Hello');

        $answer = $this->as($this->vali)->getJson("/api/conversations/{$this->conversation->id}")->assertOk();

        $answer->assertExactJsonStructure(['data' => [
            'id', 'title', 'avatar_url', 'participants' => ['*' => ['id', 'name', 'email', 'avatar_url', 'last_read_message_id']],
            'last_message' => [
                'id', 'conversation_id', 'temp_id', 'sender' => ['id', 'name', 'avatar_url'], 'content', 'created_at', 'edited_at',
                'deleted_at', 'position', 'revision', 'reply_to', 'attachments', 'reactions',
            ],
            'unread_count', 'revision', 'features',
        ]])
            ->assertJsonPath('data.title', 'Ali Karimov')
            ->assertJsonPath('data.last_message.id', $message->id)
            ->assertJsonPath('data.unread_count', 1)
            ->assertJsonPath('data.features', ['edit', 'delete', 'reply', 'react', 'attach', 'search']);
        $this->as($this->ali)->getJson("/api/conversations/{$this->conversation->id}")
            ->assertJsonPath('data.title', 'Vali Yusupov')
            ->assertJsonPath('data.unread_count', 0);
    }

    public function test_an_empty_conversation_has_no_last_message(): void
    {
        $this->as($this->ali)->getJson("/api/conversations/{$this->conversation->id}")
            ->assertJsonPath('data.last_message', null)
            ->assertJsonPath('data.revision', 0);
    }

    public function test_lists_only_ones_own_and_the_liveliest_first(): void
    {
        $group = Conversation::factory()->between($this->ali, $this->vali)->create(['title' => 'Group']);
        $foreign = Conversation::factory()->between($this->vali, $this->stranger)->create();
        $this->messageBy($this->vali, 'a', $group);
        $this->messageBy($this->vali, 'b', $foreign);
        $this->messageBy($this->vali, 'c');

        $ids = $this->as($this->ali)->getJson('/api/conversations')->assertOk()->json('data.*.id');

        $this->assertSame([$this->conversation->id, $group->id], $ids);
    }

    public function test_pages_through_all_of_them_once(): void
    {
        Conversation::factory()->count(6)->between($this->ali, $this->vali)->create();
        $seen = [];
        $cursor = null;

        do {
            $page = $this->as($this->ali)->getJson('/api/conversations?limit=3'.($cursor ? "&cursor={$cursor}" : ''))->assertOk();
            $seen = [...$seen, ...$page->json('data.*.id')];
            $cursor = $page->json('next_cursor');
        } while ($cursor !== null);

        $this->assertCount(7, $seen);
        $this->assertCount(7, array_unique($seen));
    }

    public function test_the_list_takes_the_same_number_of_queries_however_long_it_is(): void
    {
        $count = function (): int {
            DB::flushQueryLog();
            DB::enableQueryLog();
            $this->as($this->ali)->getJson('/api/conversations')->assertOk();

            return count(DB::getQueryLog());
        };
        $this->messageBy($this->vali);
        $before = $count();

        foreach (range(1, 5) as $n) {
            $this->messageBy($this->vali, "m{$n}", Conversation::factory()->between($this->ali, $this->vali)->create());
        }

        $this->assertSame($before, $count());
    }

    public function test_gives_at_most_a_hundred_at_once(): void
    {
        $this->as($this->ali)->getJson('/api/conversations?limit=100')->assertOk();
        $this->as($this->ali)->getJson('/api/conversations?limit=101')->assertStatus(422)->assertJsonValidationErrors(['limit']);
    }

    public function test_a_cursor_that_is_none_harms_nothing(): void
    {
        $this->as($this->ali)->getJson('/api/conversations?cursor=nonsense')->assertOk();
        $this->as($this->ali)->getJson('/api/conversations?cursor[]=1')->assertStatus(422);

        foreach (['1', 'null', '"x"', '[]', '{"id":1,"_pointsToNextItems":true}', '{"last_message_id":[1],"id":1,"_pointsToNextItems":true}'] as $forged) {
            $this->as($this->ali)->getJson('/api/conversations?cursor='.base64_encode($forged))
                ->assertOk()
                ->assertJsonPath('data.0.id', $this->conversation->id);
        }
    }

    public function test_an_unread_count_leaves_out_own_and_deleted_messages(): void
    {
        $this->messageBy($this->vali);
        $this->messageBy($this->ali);
        $gone = $this->messageBy($this->vali);
        $this->as($this->vali)->deleteJson("/api/messages/{$gone->id}");

        $this->assertUnread(1, $this->ali);
        $this->assertUnread(1, $this->vali);
    }

    public function test_the_unread_counts_of_all_are_those_of_each(): void
    {
        $carol = User::factory()->create();
        $this->conversation->participants()->attach($carol->id);
        $written = [];

        foreach ([$this->ali, $this->vali, $carol, $this->ali, $carol] as $sender) {
            $written[] = $this->messageBy($sender);
        }

        app(MessageLog::class)->remove($written[3]);
        app(ReadMarks::class)->advance($this->conversation, $this->vali, [$written[1]->id]);
        $each = collect([$this->ali, $this->vali, $carol])->mapWithKeys(fn (User $viewer) => [
            $viewer->id => Conversation::query()->withUnreadCountFor($viewer)->findOrFail($this->conversation->id)->unread_count,
        ]);

        $this->assertSame([$this->ali->id => 3, $this->vali->id => 2, $carol->id => 2], $each->all());
        $this->assertEquals($each->all(), $this->conversation->unreadCounts());
    }

    private function assertUnread(int $expected, User $viewer): void
    {
        $this->as($viewer)->getJson("/api/conversations/{$this->conversation->id}")->assertJsonPath('data.unread_count', $expected);
    }
}
