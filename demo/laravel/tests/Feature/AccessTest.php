<?php

namespace Tests\Feature;

use App\Models\Message;
use App\Models\User;
use Illuminate\Http\UploadedFile;
use Illuminate\Support\Facades\Route;
use Illuminate\Support\Facades\Storage;
use PHPUnit\Framework\Attributes\DataProvider;
use RuntimeException;
use Tests\TestCase;

/** Every route by every role. */
class AccessTest extends TestCase
{
    /** @return array<string, array{string, string, array<string, mixed>, array<string, int>}> */
    public static function routes(): array
    {
        $participants = ['guest' => 401, 'stranger' => 403, 'other' => 200, 'sender' => 200];
        $writers = ['guest' => 401, 'stranger' => 403, 'other' => 403, 'sender' => 200];
        $everybody = ['guest' => 401, 'stranger' => 200, 'other' => 200, 'sender' => 200];
        $of = fn (array $roles, int $status) => array_map(fn (int $code) => $code === 200 ? $status : $code, $roles);

        return [
            'user' => ['GET', '/api/user', [], $everybody],
            'logout' => ['POST', '/api/logout', [], $of($everybody, 204)],
            'conversations' => ['GET', '/api/conversations', [], $everybody],
            'conversation' => ['GET', '/api/conversations/{c}', [], $participants],
            'messages' => ['GET', '/api/conversations/{c}/messages', [], $participants],
            'changes' => ['GET', '/api/conversations/{c}/changes?since=0', [], $participants],
            'send' => ['POST', '/api/conversations/{c}/messages', ['content' => 'Hi', 'temp_id' => 'a'], $of($participants, 201)],
            'read' => ['POST', '/api/conversations/{c}/read', ['message_ids' => [1]], $of($participants, 204)],
            'typing' => ['POST', '/api/conversations/{c}/typing', [], $of($participants, 204)],
            'edit' => ['PATCH', '/api/messages/{m}', ['content' => 'Changed'], $writers],
            'delete' => ['DELETE', '/api/messages/{m}', [], $writers],
            'react' => ['PUT', '/api/messages/{m}/reactions/👍', [], $participants],
            'unreact' => ['DELETE', '/api/messages/{m}/reactions/👍', [], $participants],
        ];
    }

    /**
     * @param  array<string, mixed>  $body
     * @param  array<string, int>  $expected
     */
    #[DataProvider('routes')]
    public function test_answers_each_role_as_it_may(string $method, string $path, array $body, array $expected): void
    {
        foreach ($expected as $role => $status) {
            $message = $this->messageBy($this->ali);
            $this->signInAs($role);

            $answer = $this->json($method, $this->fill($path, $message), $body);

            $this->assertSame($status, $answer->status(), "{$role}: {$answer->content()}");
            $this->assertTrue($status < 400 || is_string($answer->json('message')) && $answer->json('message') !== '');
            $this->assertStringNotContainsString('trace', $answer->content());
        }
    }

    public function test_uploads_are_for_those_who_are_signed_in(): void
    {
        Storage::fake('local');
        $file = UploadedFile::fake()->createWithContent('notes.txt', 'plain words');

        $this->postJson('/api/attachments', ['file' => $file])->assertUnauthorized();
        $this->as($this->stranger)->postJson('/api/attachments', ['file' => $file])->assertCreated();
    }

    public function test_who_has_left_no_longer_changes_messages(): void
    {
        $message = $this->messageBy($this->ali);
        $this->conversation->participants()->detach($this->ali);

        $this->as($this->ali)->patchJson("/api/messages/{$message->id}", ['content' => 'x'])->assertForbidden();
        $this->as($this->ali)->deleteJson("/api/messages/{$message->id}")->assertForbidden();
    }

    #[DataProvider('unknownPaths')]
    public function test_what_does_not_exist_is_a_404_without_names_of_classes(string $path): void
    {
        $answer = $this->as($this->ali)->getJson($path)->assertNotFound();

        $this->assertStringNotContainsString('App\\', $answer->content());
        $this->assertSame(['message'], array_keys($answer->json()));
    }

    /** @return list<array{string}> */
    public static function unknownPaths(): array
    {
        return array_map(fn (string $path) => [$path], [
            '/api/conversations/999', '/api/conversations/01', '/api/conversations/1abc', '/api/conversations/-1',
            '/api/conversations/99999999999999999999', "/api/conversations/1' or '1'='1", '/api/nothing',
        ]);
    }

    public function test_an_error_inside_is_a_500_without_words_about_it_even_in_debug_mode(): void
    {
        config(['app.debug' => true]);
        Route::get('/api/broken', fn () => throw new RuntimeException('the words of the exception'))->name('chat.api.broken');

        $this->getJson('/api/broken')
            ->assertStatus(500)
            ->assertExactJson(['message' => 'Internal Server Error']);
    }

    public function test_a_plain_request_gets_json_too(): void
    {
        $this->get('/api/conversations')->assertUnauthorized()->assertExactJson(['message' => 'Unauthenticated.']);
        $this->post('/broadcasting/auth', ['socket_id' => '1.1', 'channel_name' => 'private-user.1'])->assertUnauthorized();
    }

    private function signInAs(string $role): void
    {
        $this->app['auth']->forgetGuards();
        /** @var ?User $user */
        $user = ['guest' => null, 'stranger' => $this->stranger, 'other' => $this->vali, 'sender' => $this->ali][$role];

        if ($user !== null) {
            $this->as($user);
        }
    }

    private function fill(string $path, Message $message): string
    {
        return strtr($path, ['{c}' => (string) $message->conversation_id, '{m}' => (string) $message->id]);
    }
}
