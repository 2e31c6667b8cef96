<?php

namespace Tests\Feature;

use App\Chat\MessageLog;
use App\Chat\NewMessage;
use App\Models\Attachment;
use App\Models\Conversation;
use App\Models\Message;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Storage;
use Tests\TestCase;

/** A whole conversation is deleted: no route does it, but an application may. */
class DeleteConversationTest extends TestCase
{
    public function test_all_goes_also_where_messages_answer_each_other(): void
    {
        $other = $this->messageBy($this->ali, 'Elsewhere', Conversation::factory()->between($this->ali)->create());
        $first = $this->messageBy($this->vali, 'Hello');
        $answer = app(MessageLog::class)->append($this->conversation, $this->ali, new NewMessage('Yes', replyToId: $first->id));
        app(MessageLog::class)->append($this->conversation, $this->vali, new NewMessage('Good', replyToId: $answer->id));
        app(MessageLog::class)->react($first, $this->ali, '👍');

        $this->conversation->delete();

        $this->assertSame([$other->id], Message::query()->pluck('id')->all());
        $this->assertDatabaseCount('reactions', 0);
        $this->assertDatabaseCount('participants', 1);
    }

    public function test_its_files_are_pruned(): void
    {
        Storage::fake('local');
        $file = Attachment::factory()->for($this->ali)->create();
        Storage::put($file->path, 'x');
        app(MessageLog::class)->append($this->conversation, $this->ali, new NewMessage('See', attachmentIds: [$file->id]));
        DB::table('attachments')->update(['created_at' => now()->subDays(2)]);

        $this->conversation->delete();
        $this->artisan('chat:prune-attachments')->assertSuccessful();

        $this->assertModelMissing($file);
        Storage::assertMissing($file->path);
    }
}
