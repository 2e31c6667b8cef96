<?php

namespace Tests\Feature;

use App\Chat\MessageLog;
use App\Chat\NewMessage;
use App\Models\Attachment;
use Illuminate\Support\Facades\DB;
use Tests\TestCase;

/** Somebody's account is deleted. What he or she said to others stays, without the name. */
class DeleteUserTest extends TestCase
{
    private const NOBODY = ['id' => 0, 'name' => 'Deleted user', 'avatar_url' => null];

    public function test_what_was_written_stays_and_is_still_unread(): void
    {
        $first = $this->messageBy($this->vali, 'Hello');
        app(MessageLog::class)->append($this->conversation, $this->ali, new NewMessage('Yes', replyToId: $first->id));
        $this->messageBy($this->vali, 'Bye');

        $this->vali->delete();

        $path = "/api/conversations/{$this->conversation->id}";
        $this->as($this->ali)->getJson("{$path}/messages")
            ->assertOk()
            ->assertJsonPath('data.*.content', ['Hello', 'Yes', 'Bye'])
            ->assertJsonPath('data.0.sender', self::NOBODY)
            ->assertJsonPath('data.1.reply_to.sender', self::NOBODY);
        $this->getJson($path)->assertJsonPath('data.last_message.sender', self::NOBODY)->assertJsonPath('data.unread_count', 2);
        $this->assertSame([$this->ali->id => 2], $this->conversation->unreadCounts());
        $this->assertFalse($this->ali->can('update', $first->refresh()));
    }

    public function test_reading_it_takes_it_off_the_count(): void
    {
        $message = $this->messageBy($this->vali);
        $this->vali->delete();

        $path = "/api/conversations/{$this->conversation->id}";
        $this->as($this->ali)->postJson("{$path}/read", ['message_ids' => [$message->id]])->assertNoContent();

        $this->assertSame([$message->id], $this->wire->sent[0]['payload']['data']['message_ids']);
        $this->getJson($path)->assertJsonPath('data.unread_count', 0);
    }

    public function test_what_was_attached_stays_and_what_was_not_yet_is_pruned(): void
    {
        $sent = Attachment::factory()->for($this->vali)->create();
        $upload = Attachment::factory()->for($this->vali)->create();
        app(MessageLog::class)->append($this->conversation, $this->vali, new NewMessage('See', attachmentIds: [$sent->id]));
        DB::table('attachments')->update(['created_at' => now()->subDays(2)]);

        $this->vali->delete();
        $this->artisan('chat:prune-attachments')->assertSuccessful();

        $this->assertModelExists($sent);
        $this->assertModelMissing($upload);
    }
}
