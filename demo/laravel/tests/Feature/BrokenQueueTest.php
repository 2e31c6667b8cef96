<?php

namespace Tests\Feature;

use Illuminate\Queue\Connectors\ConnectorInterface;
use Illuminate\Support\Facades\Exceptions;
use Illuminate\Support\Facades\Queue;
use RuntimeException;
use Tests\TestCase;

/** The queue takes no jobs: its table is missing, or Redis is down. What was written is written, and clients find it by its revision. */
class BrokenQueueTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        Queue::extend('broken', fn () => new class implements ConnectorInterface
        {
            public function connect(array $config): never
            {
                throw new RuntimeException('Nobody takes this job.');
            }
        });
        Exceptions::fake();
    }

    public function test_what_is_stored_is_answered_as_stored(): void
    {
        $message = $this->messageBy($this->ali);
        $this->breakQueue();
        $path = "/api/conversations/{$this->conversation->id}";

        $this->as($this->ali)->patchJson("/api/messages/{$message->id}", ['content' => 'b'])->assertOk()->assertJsonPath('data.content', 'b');
        $this->putJson("/api/messages/{$message->id}/reactions/👍")->assertOk()->assertJsonPath('data.revision', 3);
        $this->postJson("{$path}/messages", ['content' => 'c', 'temp_id' => 'c'])->assertCreated();
        $this->as($this->vali)->postJson("{$path}/read", ['message_ids' => [$message->id]])->assertNoContent();
        $this->postJson("{$path}/typing")->assertNoContent();
        $this->as($this->ali)->deleteJson("/api/messages/{$message->id}")->assertOk();

        $this->assertSame(5, $this->revision());
    }

    public function test_it_is_reported(): void
    {
        $message = $this->messageBy($this->ali);
        $this->breakQueue();

        $this->as($this->ali)->patchJson("/api/messages/{$message->id}", ['content' => 'b']);

        Exceptions::assertReported(fn (RuntimeException $exception) => $exception->getMessage() === 'Nobody takes this job.');
    }

    private function breakQueue(): void
    {
        config(['queue.default' => 'broken', 'queue.connections.broken' => ['driver' => 'broken']]);
    }
}
