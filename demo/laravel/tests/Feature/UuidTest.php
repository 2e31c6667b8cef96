<?php

namespace Tests\Feature;

use App\Models\User;
use Illuminate\Filesystem\Filesystem;
use Illuminate\Support\Str;
use PHPUnit\Framework\Attributes\RunTestsInSeparateProcesses;
use Tests\TestCase;

/** Users whose ids are UUIDs, after the changes that the README names. A process of its own, as it has another `User`. */
#[RunTestsInSeparateProcesses]
class UuidTest extends TestCase
{
    private string $migrations;

    protected function setUp(): void
    {
        // Not the database that the environment may name: other tests find its tables as they are.
        [$_SERVER['DB_CONNECTION'], $_SERVER['DB_DATABASE']] = ['sqlite', ':memory:'];
        $root = dirname(__DIR__, 2);
        eval(substr(strtr(file_get_contents("{$root}/app/Models/User.php"), [
            'use HasApiTokens, HasFactory;' => 'use HasApiTokens, HasFactory, \Illuminate\Database\Eloquent\Concerns\HasUuids;',
        ]), strlen('<?php')));

        $files = new Filesystem;
        $this->migrations = sys_get_temp_dir().'/migrations-'.Str::random();
        $files->copyDirectory("{$root}/database/migrations", $this->migrations);

        foreach ($files->files($this->migrations) as $file) {
            $inUsers = str_contains($file->getFilename(), 'create_users_table');
            $files->put($file->getPathname(), strtr($file->getContents(), [
                "foreignId('user_id')" => "foreignUuid('user_id')",
                "foreignId('sender_id')" => "foreignUuid('sender_id')",
                "morphs('tokenable')" => "uuidMorphs('tokenable')",
                ...($inUsers ? ['$table->id()' => '$table->uuid(\'id\')->primary()'] : []),
            ]));
        }

        parent::setUp();
        $this->beforeApplicationDestroyed(fn () => $files->deleteDirectory($this->migrations));
    }

    /** @return array<string, mixed> */
    protected function migrateFreshUsing(): array
    {
        return ['--path' => $this->migrations, '--realpath' => true];
    }

    public function test_everybody_gets_what_happens_on_his_or_her_own_channel(): void
    {
        $this->assertTrue(Str::isUuid($this->ali->id));
        $path = "/api/conversations/{$this->conversation->id}";
        $channels = ["private-user.{$this->ali->id}", "private-user.{$this->vali->id}"];
        sort($channels);

        $id = $this->as($this->ali)->postJson("{$path}/messages", ['content' => 'Hello', 'temp_id' => 'a'])
            ->assertCreated()
            ->assertJsonPath('data.sender.id', $this->ali->id)
            ->json('data.id');
        $this->assertEqualsCanonicalizing($channels, $this->wire->sent[0]['channels']);

        $this->as($this->vali)->getJson($path)
            ->assertJsonPath('data.title', 'Ali Karimov')
            ->assertJsonPath('data.unread_count', 1);
        $this->putJson("/api/messages/{$id}/reactions/👍")->assertJsonPath('data.reactions.0.user_ids', [$this->vali->id]);
        $rows = array_filter($this->wire->sent, fn (array $sent) => $sent['payload']['type'] === 'conversation');
        $this->assertEqualsCanonicalizing($channels, array_merge(...array_column($rows, 'channels')));
        $this->wire->sent = [];
        $this->postJson("{$path}/typing")->assertNoContent();
        $this->assertSame([["private-user.{$this->ali->id}"]], array_column($this->wire->sent, 'channels'));
        $this->postJson("{$path}/read", ['message_ids' => [$id]])->assertNoContent();
        $this->assertSame($this->vali->id, $this->wire->ofType('read')[0]['data']['reader_id']);

        $this->as($this->ali)->patchJson("/api/messages/{$id}", ['content' => 'b'])->assertOk();
        $this->vali->delete();
        $this->getJson($path)->assertJsonPath('data.participants.*.id', [$this->ali->id]);
    }

    public function test_signs_ones_own_channel_and_no_other(): void
    {
        config(['broadcasting.default' => 'reverb']);
        $token = $this->postJson('/api/login', ['email' => 'ali@example.com', 'password' => 'password'])->json('token');
        $sign = fn (string $channel) => $this->withToken($token)
            ->postJson('/broadcasting/auth', ['socket_id' => '1.1', 'channel_name' => $channel]);

        $sign("private-user.{$this->ali->id}")->assertOk();
        $sign("presence-conversation.{$this->conversation->id}")->assertOk();

        foreach ([$this->vali->id, Str::upper($this->ali->id), str_replace('-', '', $this->ali->id), "{$this->ali->id}-", '1'] as $id) {
            $sign("private-user.{$id}")->assertForbidden();
        }
        $sign("presence-user.{$this->ali->id}")->assertForbidden();
        $sign("private-conversation.{$this->ali->id}")->assertForbidden();
    }
}
