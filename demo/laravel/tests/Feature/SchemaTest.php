<?php

namespace Tests\Feature;

use App\Models\Attachment;
use App\Models\Conversation;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;
use Tests\TestCase;

/** What the tables need beyond SQLite, and beyond the few rows of a test. */
class SchemaTest extends TestCase
{
    public function test_the_files_of_a_page_of_messages_are_found_without_reading_all_there_are(): void
    {
        $this->assertTrue(Schema::hasIndex('attachments', ['message_id']));
        if (DB::getDriverName() !== 'sqlite') {
            return;
        }
        $plan = DB::select('explain query plan '.Attachment::query()->whereIn('message_id', [1, 2])->toRawSql());

        $this->assertStringContainsString('USING INDEX', $plan[0]->detail);
    }

    public function test_the_list_of_somebody_is_found_without_reading_the_conversations_of_all(): void
    {
        if (DB::getDriverName() !== 'sqlite') {
            $this->expectNotToPerformAssertions();

            return;
        }
        $plan = DB::select('explain query plan '.Conversation::query()->forParticipant($this->ali)->toRawSql());

        $this->assertStringNotContainsString('SCAN conversations', implode(PHP_EOL, array_column($plan, 'detail')));
    }

    /** Asked of each message that goes: SQLite and PostgreSQL make no index for a foreign key. */
    public function test_answers_to_a_message_are_found_without_reading_all_there_are(): void
    {
        $this->assertTrue(Schema::hasIndex('messages', ['reply_to_id']));
    }

    /** By the collations that Laravel gives MySQL and MariaDB, one emoji is as good as another. */
    public function test_emojis_differ_on_mysql_too(): void
    {
        foreach (['mysql', 'mariadb'] as $driver) {
            $this->assertStringContainsString("`emoji` varchar(64) collate 'utf8mb4_bin' not null", $this->tablesOn($driver));
        }
    }

    /** By those collations "a-1" is "A-1", and the second message would be taken for a repeat of the first. */
    public function test_temp_ids_differ_by_case_on_mysql_too(): void
    {
        foreach (['mysql', 'mariadb'] as $driver) {
            $this->assertStringContainsString("`temp_id` varchar(64) collate 'utf8mb4_bin' null", $this->tablesOn($driver));
        }
    }

    /** Their `text` ends at 64 kB, which is 16,384 emojis, and how long a message may be is a setting. */
    public function test_a_long_message_has_room_on_mysql_too(): void
    {
        foreach (['mysql', 'mariadb'] as $driver) {
            $this->assertStringContainsString('`content` mediumtext not null', $this->tablesOn($driver));
            // By their usual collations a search for one emoji finds every other: on SQLite and PostgreSQL it does not.
            $this->assertStringContainsString("`folded` mediumtext collate 'utf8mb4_bin' not null", $this->tablesOn($driver));
        }
    }

    private function tablesOn(string $driver): string
    {
        config(["database.connections.{$driver}" => [
            'driver' => $driver, 'database' => 'chat', 'prefix' => '', 'charset' => 'utf8mb4', 'collation' => 'utf8mb4_unicode_ci',
        ]]);
        $migration = require database_path('migrations/2026_01_01_000000_create_chat_tables.php');
        $ours = DB::getDefaultConnection();
        DB::setDefaultConnection($driver);

        try {
            return implode(PHP_EOL, array_column(DB::pretend(fn () => $migration->up()), 'query'));
        } finally {
            DB::setDefaultConnection($ours);
        }
    }
}
