<?php

namespace Tests;

use App\Chat\MessageLog;
use App\Chat\NewMessage;
use App\Models\Conversation;
use App\Models\Message;
use App\Models\User;
use Illuminate\Foundation\Testing\RefreshDatabase;
use Illuminate\Foundation\Testing\TestCase as BaseTestCase;
use Illuminate\Support\Facades\Broadcast;
use Laravel\Sanctum\Sanctum;

/**
 * Two people who share a conversation, and a stranger. What is broadcast goes into `$this->wire` instead of to Reverb, after
 * the events have taken their whole way through dispatcher, transaction and queue.
 */
abstract class TestCase extends BaseTestCase
{
    use RefreshDatabase;

    protected User $ali;

    protected User $vali;

    protected User $stranger;

    protected Conversation $conversation;

    protected RecordingBroadcaster $wire;

    protected function setUp(): void
    {
        parent::setUp();

        $this->ali = User::factory()->create(['name' => 'Ali Karimov', 'email' => 'ali@example.com']);
        $this->vali = User::factory()->create(['name' => 'Vali Yusupov', 'email' => 'vali@example.com']);
        $this->stranger = User::factory()->create();
        $this->conversation = Conversation::factory()->between($this->ali, $this->vali)->create();

        $this->wire = new RecordingBroadcaster;
        Broadcast::extend('recording', fn () => $this->wire);
        config(['broadcasting.connections.recording' => ['driver' => 'recording'], 'broadcasting.default' => 'recording']);
    }

    protected function as(User $user): static
    {
        Sanctum::actingAs($user);

        return $this;
    }

    /** Written before the test begins: its event is not on the wire. */
    protected function messageBy(User $sender, string $content = 'Hello', ?Conversation $in = null): Message
    {
        $message = app(MessageLog::class)->append($in ?? $this->conversation, $sender, new NewMessage($content));
        $this->wire->sent = [];

        return $message;
    }

    protected function revision(): int
    {
        return $this->conversation->refresh()->revision;
    }
}
