<?php

namespace App\Console\Commands;

use App\Models\Attachment;
use Illuminate\Console\Command;

class PruneAttachments extends Command
{
    protected $signature = 'chat:prune-attachments {--hours=24 : Keep those that are younger}';

    protected $description = 'Delete uploads that no message has taken';

    public function handle(): int
    {
        $pruned = 0;

        Attachment::query()
            ->whereNull('message_id')
            ->where('created_at', '<', now()->subHours((int) $this->option('hours')))
            ->chunkById(100, function ($attachments) use (&$pruned): void {
                $attachments->each->delete();
                $pruned += $attachments->count();
            });

        $this->components->info("Deleted {$pruned} uploads.");

        return self::SUCCESS;
    }
}
