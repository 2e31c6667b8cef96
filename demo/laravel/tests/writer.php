<?php

/**
 * A process that writes to a conversation beside others: `php tests/writer.php CONVERSATION SENDER NAME`. Says "ready", waits for a line,
 * sends what Tests\Feature\ConcurrencyTest expects of it, and says "done".
 */

use App\Chat\MessageLog;
use App\Chat\NewMessage;
use App\Models\Conversation;
use App\Models\User;
use Illuminate\Contracts\Console\Kernel;

require __DIR__.'/../vendor/autoload.php';

$app = require __DIR__.'/../bootstrap/app.php';
$app->make(Kernel::class)->bootstrap();

[, $conversationId, $senderId, $name] = $argv;
$conversation = Conversation::query()->findOrFail($conversationId);
$sender = User::query()->findOrFail($senderId);

echo 'ready', PHP_EOL;
fgets(STDIN);

foreach (range(0, 9) as $n) {
    app(MessageLog::class)->append($conversation, $sender, new NewMessage("{$name} {$n}", "{$name}-{$n}"));
    // As the other tab of the same person does at the same moment.
    app(MessageLog::class)->append($conversation, $sender, new NewMessage("both {$n}", "both-{$n}"));
}

echo 'done', PHP_EOL;
