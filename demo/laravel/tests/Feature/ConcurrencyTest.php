<?php

namespace Tests\Feature;

use App\Models\Conversation;
use App\Models\Message;
use App\Models\User;
use Illuminate\Support\Str;
use PHPUnit\Framework\Attributes\RunTestsInSeparateProcesses;
use Symfony\Component\Process\InputStream;
use Symfony\Component\Process\Process;
use Tests\TestCase;

/**
 * Several processes that write to one conversation, on whatever database the environment names. What a test does is in a transaction otherwise,
 * and nobody else would see it: hence a process of its own, which tidies up.
 */
#[RunTestsInSeparateProcesses]
class ConcurrencyTest extends TestCase
{
    /** @var list<string> none */
    protected $connectionsToTransact = [];

    protected function setUp(): void
    {
        $file = sys_get_temp_dir().'/chat-'.Str::random().'.sqlite';

        // The database in the memory of this process is of no use to others.
        if (getenv('DB_CONNECTION') === 'sqlite') {
            touch($file);
            putenv("DB_DATABASE={$file}");
            $_ENV['DB_DATABASE'] = $_SERVER['DB_DATABASE'] = $file;
        }

        parent::setUp();
        $this->beforeApplicationDestroyed(function () use ($file): void {
            Conversation::query()->delete();
            User::query()->delete();
            array_map(unlink(...), glob("{$file}*"));
        });
    }

    public function test_nothing_is_lost_or_doubled_where_many_write_at_once_and_others_read_along(): void
    {
        config(['chat.limits.api' => PHP_INT_MAX]);
        [$processes, $starts] = [[], []];

        foreach ([$this->ali, $this->ali, $this->vali, $this->vali] as $n => $sender) {
            $starts[] = $start = new InputStream;
            $processes[] = $process = new Process(
                [PHP_BINARY, 'tests/writer.php', $this->conversation->id, $sender->id, "writer-{$n}"],
                base_path(),
                ['BROADCAST_CONNECTION' => 'null'],
                $start,
                null,
            );
            $process->start();
            $process->waitUntil(fn (string $type, string $output) => str_contains($output, 'ready'));
        }

        foreach ($starts as $start) {
            $start->write(PHP_EOL);
            $start->close();
        }

        [$seen, $since] = [[], 0];

        do {
            $isLast = array_filter($processes, fn (Process $process) => $process->isRunning()) === [];
            $page = $this->as($this->vali)->getJson("/api/conversations/{$this->conversation->id}/changes?since={$since}")->assertOk()->json();
            $seen = [...$seen, ...array_column($page['data'], 'position')];
            $since = $page['revision'];
        } while (! $isLast);

        foreach ($processes as $process) {
            // By its exit code, one whose exception Laravel has shown is a success.
            $this->assertStringContainsString('done', $process->getOutput(), $process->getErrorOutput());
        }

        // Ten of each process, and ten of each person.
        $this->assertSame(range(1, 60), $seen);
        $this->assertSame(60, $this->revision());
        $this->assertSame(60, Message::query()->count());
    }
}
