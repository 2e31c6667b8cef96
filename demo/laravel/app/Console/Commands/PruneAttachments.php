<?php

namespace App\Console\Commands;

use App\Models\Attachment;
use Illuminate\Console\Command;
use Illuminate\Support\Facades\DB;

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
                    // Where the disk fails, that is reported, and the row stays for the next time.
                    $pruned += rescue(fn (): int => DB::transaction(fn (): int => self::prune($attachment)), 0);
                }
            });

        $this->components->info("Deleted {$pruned} uploads.");

        return self::SUCCESS;
    }

    /** Files go slowly, and a message may have taken this one meanwhile: only a row that is still free goes, then its file. */
    private static function prune(Attachment $attachment): int
    {
        $rows = Attachment::query()->whereKey($attachment->id)->whereNull('message_id')->delete();

        if ($rows > 0) {
            $attachment->delete();
        }

        return $rows;
    }
}
