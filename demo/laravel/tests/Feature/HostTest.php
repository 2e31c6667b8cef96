<?php

namespace Tests\Feature;

use App\Models\Attachment;
use App\Models\Conversation;
use App\Models\User;
use Illuminate\Http\Resources\Json\JsonResource;
use Illuminate\Http\UploadedFile;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Storage;
use Tests\TestCase;

/** An application that this is copied into has settings of its own, and the chat goes on under them. */
class HostTest extends TestCase
{
    public function test_answers_keep_their_data_where_the_resources_of_the_application_are_not_wrapped(): void
    {
        Storage::fake('local');
        $wrap = JsonResource::$wrap;
        $this->beforeApplicationDestroyed(fn () => JsonResource::$wrap = $wrap);
        JsonResource::withoutWrapping();
        $messages = "/api/conversations/{$this->conversation->id}/messages";

        $id = $this->as($this->ali)->postJson($messages, ['content' => 'a', 'temp_id' => 'a'])->assertCreated()->json('data.id');
        $this->assertNotNull($id);
        $this->postJson($messages, ['content' => 'a', 'temp_id' => 'a'])->assertOk()->assertJsonPath('data.id', $id);
        $this->patchJson("/api/messages/{$id}", ['content' => 'b'])->assertJsonPath('data.content', 'b');
        $this->putJson("/api/messages/{$id}/reactions/👍")->assertJsonPath('data.reactions.0.count', 1);
        $this->deleteJson("/api/messages/{$id}/reactions/👍")->assertJsonPath('data.reactions', []);
        $this->deleteJson("/api/messages/{$id}")->assertJsonPath('data.id', $id);
        $this->getJson("/api/conversations/{$this->conversation->id}")->assertJsonPath('data.last_message.id', $id);
        $this->getJson('/api/user')->assertJsonPath('data.id', $this->ali->id);
        $this->post('/api/attachments', ['file' => UploadedFile::fake()->createWithContent('notes.txt', 'plain words')])
            ->assertCreated()
            ->assertJsonPath('data.id', Attachment::query()->sole()->id);
    }

    public function test_tables_may_have_a_prefix(): void
    {
        config(['database.connections.prefixed' => ['driver' => 'sqlite', 'database' => ':memory:', 'prefix' => 'acme_', 'foreign_key_constraints' => true]]);
        $ours = DB::getDefaultConnection();
        DB::setDefaultConnection('prefixed');

        try {
            $this->artisan('migrate', ['--database' => 'prefixed'])->assertSuccessful();
            [$ali, $vali] = User::factory()->count(2)->create()->all();
            $path = '/api/conversations/'.Conversation::factory()->between($ali, $vali)->create()->id;

            $id = $this->as($ali)->postJson("{$path}/messages", ['content' => 'Hello', 'temp_id' => 'a'])->assertCreated()->json('data.id');
            $this->patchJson("/api/messages/{$id}", ['content' => 'Hello you'])->assertOk();
            $this->putJson("/api/messages/{$id}/reactions/👍")->assertOk();
            $this->deleteJson("/api/messages/{$id}/reactions/👍")->assertOk();
            $this->as($vali)->getJson('/api/conversations')->assertOk()->assertJsonPath('data.0.unread_count', 1);
            $this->getJson("{$path}/messages?search=YOU")->assertOk()->assertJsonPath('data.0.id', $id);
            $this->getJson("{$path}/changes?since=0")->assertOk()->assertJsonPath('data.0.id', $id);
            $this->postJson("{$path}/read", ['message_ids' => [$id]])->assertNoContent();
            $this->postJson("{$path}/typing")->assertNoContent();
            $this->as($ali)->deleteJson("/api/messages/{$id}")->assertOk();
        } finally {
            DB::setDefaultConnection($ours);
        }
    }
}
