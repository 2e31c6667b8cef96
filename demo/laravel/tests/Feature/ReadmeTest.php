<?php

namespace Tests\Feature;

use App\Models\User;
use Tests\TestCase;

/** What the README says about conversations, done as it stands there. */
class ReadmeTest extends TestCase
{
    public function test_participants_come_and_go_and_everybody_hears_of_it(): void
    {
        preg_match_all('/^```php\n(.*?)^```$/ms', file_get_contents(base_path('README.md')), $found);
        [$create, $add, $remove] = $found[1];
        // One file to a reader; to `eval()` each is one of its own.
        [$imports] = explode("\n\n", $create);
        [$ali, $vali, $nodira] = [$this->ali, $this->vali, $this->stranger];

        eval($create);
        $path = "/api/conversations/{$conversation->id}";
        $this->assertSame($this->inboxes($ali, $vali), $this->told());
        $this->as($ali)->getJson($path)->assertJsonPath('data.title', 'Vali Yusupov');
        $this->messageBy($ali, 'Hello', $conversation);

        $conversation->refresh();
        eval($imports.$add);
        $this->assertSame($this->inboxes($ali, $vali, $nodira), $this->told());
        $this->as($nodira)->getJson($path)
            ->assertJsonPath('data.unread_count', 0)
            ->assertJsonPath('data.last_message.content', 'Hello')
            ->assertJsonCount(3, 'data.participants');
        $this->messageBy($ali, 'Welcome', $conversation);
        $this->getJson($path)->assertJsonPath('data.unread_count', 1);

        eval($imports.$remove);
        $this->assertSame($this->inboxes($ali, $vali), $this->told());
        $this->getJson($path)->assertForbidden();
    }

    /** @return list<string> */
    private function inboxes(User ...$people): array
    {
        return array_map(fn (User $user) => "private-user.{$user->id}", $people);
    }

    /** @return list<string> who has heard of the conversation since the last time */
    private function told(): array
    {
        $sent = array_filter($this->wire->sent, fn (array $sent) => $sent['payload']['type'] === 'conversation');
        $this->wire->sent = [];

        return array_merge(...array_column($sent, 'channels'));
    }
}
