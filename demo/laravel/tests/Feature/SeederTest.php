<?php

namespace Tests\Feature;

use App\Models\Conversation;
use App\Models\Message;
use App\Models\User;
use Illuminate\Foundation\Testing\RefreshDatabase;
use Illuminate\Foundation\Testing\TestCase;

class SeederTest extends TestCase
{
    use RefreshDatabase;

    protected function setUp(): void
    {
        parent::setUp();
        $this->seed();
    }

    public function test_people_and_conversations_are_those_of_the_contract(): void
    {
        $this->assertSame(
            [
                'ali@example.com' => 'Ali Karimov',
                'vali@example.com' => 'Vali Yusupov',
                'nodira@example.com' => 'Nodira Rahimova',
                'jasur@example.com' => 'Jasur Toshev',
                'malika@example.com' => 'Malika Saidova',
            ],
            User::query()->orderBy('id')->pluck('name', 'email')->all(),
        );
        $this->assertSame([null, 'Design team', null], Conversation::query()->orderBy('id')->pluck('title')->all());
        $this->postJson('/api/login', ['email' => 'vali@example.com', 'password' => 'password'])->assertOk();
    }

    public function test_the_shared_conversation_has_a_varied_history_of_several_days(): void
    {
        [$shared, , $silent] = Conversation::query()->orderBy('id')->get();
        $history = $shared->messages()->orderBy('position')->get();

        $this->assertGreaterThan(110, $history->count());
        $this->assertGreaterThan(4, $history->groupBy(fn (Message $message) => $message->created_at->toDateString())->count());
        $this->assertSame($history->sortBy('created_at')->pluck('id')->all(), $history->pluck('id')->all());
        $this->assertTrue($history->last()->created_at->isPast());
        $this->assertTrue($history->contains(fn (Message $message) => $message->isDeleted()));
        $this->assertTrue($history->contains(fn (Message $message) => $message->edited_at !== null));
        $this->assertTrue($history->contains(fn (Message $message) => $message->reply_to_id !== null));
        $this->assertTrue($history->contains(fn (Message $message) => $message->reactions()->exists()));
        $this->assertSame(0, $silent->messages()->count());
    }
}
