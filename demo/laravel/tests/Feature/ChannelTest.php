<?php

namespace Tests\Feature;

use App\Models\User;
use Illuminate\Http\UploadedFile;
use Illuminate\Support\Facades\Broadcast;
use Illuminate\Testing\TestResponse;
use PHPUnit\Framework\Attributes\DataProvider;
use Tests\TestCase;

class ChannelTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        // The real signing code, with the rules of routes/channels.php.
        config(['broadcasting.default' => 'reverb']);
    }

    public function test_signs_ones_own_channel(): void
    {
        $channel = "private-user.{$this->ali->id}";

        $this->authorize($this->ali, $channel)
            ->assertOk()
            ->assertExactJson(['auth' => 'demo-key:'.hash_hmac('sha256', "123.456:{$channel}", 'demo-secret')]);
    }

    public function test_takes_a_form_as_well_as_json(): void
    {
        $this->as($this->ali)
            ->post('/broadcasting/auth', ['socket_id' => '123.456', 'channel_name' => "private-user.{$this->ali->id}"])
            ->assertOk();
    }

    public function test_tells_the_members_of_a_presence_channel_who_somebody_is(): void
    {
        $answer = $this->authorize($this->ali, "presence-conversation.{$this->conversation->id}")->assertOk();

        $this->assertSame(
            ['user_id' => (string) $this->ali->id, 'user_info' => ['id' => $this->ali->id, 'name' => 'Ali Karimov', 'avatar_url' => null]],
            array_merge(json_decode($answer->json('channel_data'), true), ['user_id' => (string) $this->ali->id]),
        );
    }

    public function test_refuses_conversations_of_others(): void
    {
        $this->authorize($this->stranger, "presence-conversation.{$this->conversation->id}")->assertForbidden();
        $this->authorize($this->stranger, "private-conversation.{$this->conversation->id}")->assertForbidden();
        $this->authorize($this->ali, 'private-conversation.999')->assertForbidden();
        $this->authorize($this->ali, "private-user.{$this->vali->id}")->assertForbidden()->assertJson(['message' => 'Forbidden']);
    }

    #[DataProvider('hostileNames')]
    public function test_signs_nothing_but_the_exact_name(mixed $name): void
    {
        $user = User::factory()->create(['id' => 777]);
        $name = is_string($name) ? str_replace('ID', '777', $name) : $name;

        $answer = $this->authorize($user, $name)->assertForbidden();

        $this->assertStringNotContainsString('demo-key', $answer->content());
    }

    /** @return list<array{mixed}> */
    public static function hostileNames(): array
    {
        return array_map(fn (mixed $name) => [$name], [
            '', null, ['private-user.ID'], 777, true, 'user.ID', 'public', 'private-user.', 'private-user', 'private-user.ID ', ' private-user.ID',
            "private-user.ID\n", "private-user.ID\0", "private-user.ID\r\nx", 'private-user.0ID', 'private-user.+ID', 'private-user.-ID',
            'private-user.ID.0', 'private-user.ID.', 'private-user.ID,private-user.8', 'private-user.ID;x', 'private-user.IDabc',
            'private-user.ID:{"user_id":"8"}', 'private-user.%3777', 'private-user.٧٧٧', 'private-user.７７７', 'Private-user.ID', 'PRIVATE-USER.ID',
            'private-User.ID', 'private-private-user.ID', 'presence-user.ID', 'private-encrypted-user.ID', 'private-cache-user.ID',
            'presence-private-user.ID', 'private-user..ID', 'private-user/ID', '#server-to-user-ID', 'private-user.{id}', 'private-user.*',
            'private-user.ID\' or 1=1', 'private-user.'.str_repeat('7', 5000), 'private-user.9223372036854775808', 'private-conversation.1e0',
            "private-user.ID\u{200B}", '../private-user.ID', 'private-user.'.str_repeat('0', 23).'ID', 'private-user.ID'.str_repeat('a', 23),
            'private-user.00000000-0000-0000-0000-000000000ID', 'private-user.00000ID-0000-0000-0000-000000000000', 'private-user.0-ID',
        ]);
    }

    #[DataProvider('channelsOfTheApplication')]
    public function test_leaves_the_other_channels_of_the_application_to_its_own_rules(string $channel): void
    {
        Broadcast::channel('App.Models.User.{id}', fn (User $user, string $id) => $id === (string) $user->id);
        Broadcast::channel('orders', fn () => true);
        Broadcast::channel('users.online', fn () => ['id' => 1]);

        $this->authorize(User::factory()->create(['id' => 777]), $channel)->assertOk();
        $this->authorize($this->ali, 'private-App.Models.User.777')->assertForbidden();
    }

    /** @return list<array{string}> */
    public static function channelsOfTheApplication(): array
    {
        return [['private-App.Models.User.777'], ['private-orders'], ['presence-users.online']];
    }

    /** A signature covers `socket_id:channel[:data]`: one for a longer name would do for the channel before the colon. */
    public function test_signs_no_name_that_may_mean_another_whoever_it_belongs_to(): void
    {
        Broadcast::channel('{anything}', fn () => true);
        Broadcast::channel('orders.{id}', fn () => true);

        foreach (['private-orders.7:{"user_id":"8"}', "private-orders.7\n", 'private-orders.é', 'private-'.str_repeat('a', 300), 'private-a:b'] as $channel) {
            $this->authorize($this->ali, $channel)->assertForbidden();
        }
        $this->authorize($this->ali, 'private-orders.7')->assertOk();
    }

    #[DataProvider('hostileSocketIds')]
    public function test_signs_only_for_a_socket_id(mixed $socketId): void
    {
        $this->authorize($this->ali, "private-user.{$this->ali->id}", $socketId)
            ->assertStatus(422)
            ->assertJsonValidationErrors(['socket_id']);
    }

    /** @return list<array{mixed}> */
    public static function hostileSocketIds(): array
    {
        return array_map(fn (mixed $id) => [$id], [
            '', null, ['1.1'], '1', '1.', '.1', '1.1:x', '1.1:private-user.2:{}', "1.1\nx", '1.1.1', '-1.1', '1,1', 'a.b', '1.1 x', str_repeat('1', 30).'.1',
        ]);
    }

    public function test_takes_no_file_for_a_name_or_a_socket_id(): void
    {
        $fields = ['socket_id' => '1.1', 'channel_name' => "private-user.{$this->ali->id}"];

        foreach (['socket_id' => 422, 'channel_name' => 403] as $name => $status) {
            $this->as($this->ali)
                ->call('POST', '/broadcasting/auth', $fields, files: [$name => UploadedFile::fake()->create('1.2')])
                ->assertStatus($status);
        }
    }

    public function test_limits_how_fast_channels_are_asked_for(): void
    {
        config(['chat.limits.channels' => 1]);

        $this->authorize($this->ali, "private-user.{$this->ali->id}")->assertOk();
        $this->authorize($this->ali, "private-user.{$this->ali->id}")->assertStatus(429);
    }

    private function authorize(User $user, mixed $channel, mixed $socketId = '123.456'): TestResponse
    {
        return $this->as($user)->postJson('/broadcasting/auth', ['socket_id' => $socketId, 'channel_name' => $channel]);
    }
}
