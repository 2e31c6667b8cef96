<?php

namespace Tests\Feature;

use App\Models\Attachment;
use Illuminate\Support\Facades\DB;
use Tests\TestCase;

/** What the tables need beyond SQLite, and beyond the few rows of a test. */
class SchemaTest extends TestCase
{
    public function test_the_files_of_a_page_of_messages_are_found_without_reading_all_there_are(): void
    {
        $plan = DB::select('explain query plan '.Attachment::query()->whereIn('message_id', [1, 2])->toRawSql());

        $this->assertStringContainsString('USING INDEX', $plan[0]->detail);
    }
}
