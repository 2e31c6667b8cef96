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
                foreach ($attachments as $attachment) {
                    // Files go slowly, and a message may have taken this one meanwhile: only a row that is still free goes, then its file.
                    if (Attachment::query()->whereKey($attachment->id)->whereNull('message_id')->delete() > 0) {
                        $attachment->delete();
                        $pruned++;
                    }
                }
            });

        $this->components->info("Deleted {$pruned} uploads.");

        return self::SUCCESS;
    }
}
