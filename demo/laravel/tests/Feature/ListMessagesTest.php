<?php

namespace Tests\Feature;

use App\Models\Conversation;
use App\Models\Message;
use Illuminate\Testing\TestResponse;
use PHPUnit\Framework\Attributes\DataProvider;
use Tests\TestCase;

class ListMessagesTest extends TestCase
{
    /** @var list<int> */
    private array $ids;

    protected function setUp(): void
    {
        parent::setUp();
        $this->ids = array_map(fn (int $n) => $this->messageBy($this->ali, "number {$n}")->id, range(0, 9));
        $this->as($this->vali);
    }

    public function test_gives_the_newest_page_oldest_first(): void
    {
        $this->assertPage($this->list('limit=3'), [7, 8, 9], before: true, after: false);
    }

    public function test_says_when_there_is_no_more(): void
    {
        $this->assertPage($this->list('limit=10'), range(0, 9), before: false, after: false);
    }

    public function test_goes_back(): void
    {
        $this->assertPage($this->list("limit=3&before={$this->ids[3]}"), [0, 1, 2], before: false, after: true);
    }

    public function test_goes_forward(): void
    {
        $this->assertPage($this->list("limit=3&after={$this->ids[3]}"), [4, 5, 6], before: true, after: true);
    }

    public function test_gives_both_sides_of_a_message(): void
    {
        $this->assertPage($this->list("limit=5&around={$this->ids[4]}"), [2, 3, 4, 5, 6], before: true, after: true);
        $this->assertPage($this->list("limit=1&around={$this->ids[4]}"), [4], before: true, after: true);
        $this->assertPage($this->list("limit=4&around={$this->ids[0]}"), [0, 1, 2, 3], before: false, after: true);
        $this->assertPage($this->list("limit=6&around={$this->ids[1]}"), [0, 1, 2, 3, 4, 5], before: false, after: true);
    }

    public function test_an_empty_conversation_is_an_empty_page(): void
    {
        $empty = Conversation::factory()->between($this->ali, $this->vali)->create();

        $this->getJson("/api/conversations/{$empty->id}/messages")->assertExactJson([
            'data' => [], 'has_more_before' => false, 'has_more_after' => false, 'revision' => 0,
        ]);
    }

    public function test_finds_words_in_any_case_and_any_script(): void
    {
        $this->messageBy($this->ali, 'Ҳаммаси ЖОЙИДА');
        $this->as($this->vali);

        $this->assertCount(1, $this->list('search='.urlencode('жойида'))->json('data'));
        $this->assertCount(10, $this->list('search=NUMBER')->json('data'));
    }

    /** What is lower case depends on the place in the word, and on the version of PHP: from 8.3 on "ΟΔΟΣ" is "οδος", before it was "οδοσ". */
    #[DataProvider('letters')]
    public function test_finds_letters_that_have_more_than_two_forms(string $written, string $words): void
    {
        $this->messageBy($this->ali, $written);
        $this->as($this->vali);

        $this->assertCount(1, $this->list('search='.urlencode($words))->json('data'));
    }

    /** @return list<array{string, string}> */
    public static function letters(): array
    {
        return [['ΟΔΟΣ', 'οδος'], ['οδος', 'ΟΔΟΣ'], ['οδοσήμανση', 'ΟΔΟΣ'], ['Hauptstraße', 'HAUPTSTRASSE'], ['HAUPTSTRASSE', 'straße']];
    }

    #[DataProvider('others')]
    public function test_finds_no_other_letters_and_emojis(string $written, string $words): void
    {
        $this->messageBy($this->ali, $written);
        $this->as($this->vali);

        $this->assertSame([], $this->list('search='.urlencode($words))->json('data'));
    }

    /** @return list<array{string, string}> */
    public static function others(): array
    {
        return [['Well done 😀', '👍'], ['ёлка', 'елка'], ['élève', 'èlève'], ['カ', 'か']];
    }

    public function test_search_takes_wildcards_literally_and_leaves_deleted_messages_out(): void
    {
        $this->messageBy($this->ali, '100% a_b c\\d!');
        $gone = $this->messageBy($this->ali, 'number gone');
        $this->as($this->ali)->deleteJson("/api/messages/{$gone->id}");

        foreach (['%' => 1, '_' => 1, '\\' => 1, '!' => 1, '100%' => 1, 'aXb' => 0, 'gone' => 0, "' or 1=1 --" => 0] as $words => $found) {
            $this->assertCount($found, $this->list('search='.urlencode($words))->json('data'), $words);
        }
    }

    /** MySQL takes a backslash in a text of SQL for the beginning of an escape, and the rest of the query for the text. */
    public function test_search_is_written_as_every_database_reads_it(): void
    {
        $this->assertStringNotContainsString('\\', Message::query()->containing('words')->toSql());
    }

    /** Seconds are what `like` takes for words that nearly fit everywhere; see `scopeContaining()`. */
    public function test_search_compares_no_patterns(): void
    {
        $this->assertStringNotContainsString('like', Message::query()->containing('words')->toSql());
    }

    public function test_a_message_of_another_conversation_is_no_place_to_start_from(): void
    {
        $other = $this->messageBy($this->ali, 'x', Conversation::factory()->between($this->ali, $this->vali)->create());
        $this->as($this->vali);

        $this->list("before={$other->id}")->assertNotFound();
    }

    public function test_takes_an_empty_value_for_none(): void
    {
        $this->assertPage($this->list('before=&after=&around=&limit=&search='), range(0, 9), before: false, after: false);
        $this->assertPage($this->list("before={$this->ids[3]}&after=&limit=3"), [0, 1, 2], before: false, after: true);
        $this->changes('since=10&limit=')->assertOk();
        $this->getJson('/api/conversations?limit=&cursor=')->assertOk();
    }

    #[DataProvider('badQueries')]
    public function test_refuses_a_query_that_means_nothing(string $query): void
    {
        $this->list($query)->assertStatus(422);
    }

    /** @return list<array{string}> */
    public static function badQueries(): array
    {
        $places = array_merge(...array_map(
            fn (string $place) => [["{$place}=x"], ["{$place}=0"], ["{$place}=1.5"], ["{$place}[]=1"]],
            ['before', 'after', 'around'],
        ));

        return [
            ...$places, ['before=1&after=1'], ['after=1&around=1'], ['around=1&before=1'],
            ['limit=0'], ['limit=201'], ['limit=x'], ['limit[]=1'], ['search[]=a'], ['search='.str_repeat('a', 201)],
        ];
    }

    public function test_lists_what_has_changed_by_revision(): void
    {
        $this->as($this->ali)->patchJson("/api/messages/{$this->ids[2]}", ['content' => 'changed']);
        $this->as($this->ali)->deleteJson("/api/messages/{$this->ids[0]}");

        $answer = $this->changes('since=8')->assertOk();

        $this->assertSame([9, 10, 11, 12], array_column($answer->json('data'), 'revision'));
        $this->assertSame([$this->ids[8], $this->ids[9], $this->ids[2], $this->ids[0]], array_column($answer->json('data'), 'id'));
        $answer->assertJson(['revision' => 12, 'has_more' => false, 'reset' => false]);
        $this->assertNotNull($answer->json('data.3.deleted_at'));
    }

    public function test_a_client_that_goes_on_from_each_answer_gets_everything_once(): void
    {
        $seen = [];
        $since = 0;

        do {
            $page = $this->changes("since={$since}&limit=3")->json();
            $seen = [...$seen, ...array_column($page['data'], 'id')];
            $since = $page['revision'];
        } while ($page['has_more']);

        $this->assertSame($this->ids, $seen);
        $this->assertSame(10, $since);
    }

    public function test_a_client_that_is_up_to_date_gets_nothing(): void
    {
        $this->changes('since=10')->assertExactJson(['data' => [], 'revision' => 10, 'has_more' => false, 'reset' => false]);
    }

    public function test_tells_a_client_that_is_ahead_or_far_behind_to_start_afresh(): void
    {
        config(['chat.max_catch_up' => 5]);

        $this->changes('since=11')->assertExactJson(['data' => [], 'revision' => 10, 'has_more' => false, 'reset' => true]);
        $this->changes('since=4')->assertJson(['reset' => true]);
        $this->changes('since=5')->assertJson(['reset' => false]);
    }

    public function test_changes_need_a_place_to_start_from_and_a_limit_that_means_something(): void
    {
        foreach (['', 'since=', 'since=-1', 'since=x', 'since=1.5', 'since[]=1'] as $query) {
            $this->changes($query)->assertStatus(422)->assertJsonValidationErrors('since');
        }

        foreach (['limit=0', 'limit=201', 'limit=x', 'limit[]=1'] as $limit) {
            $this->changes("since=0&{$limit}")->assertStatus(422)->assertJsonValidationErrors('limit');
        }
    }

    private function list(string $query): TestResponse
    {
        return $this->getJson("/api/conversations/{$this->conversation->id}/messages?{$query}");
    }

    private function changes(string $query): TestResponse
    {
        return $this->as($this->vali)->getJson("/api/conversations/{$this->conversation->id}/changes?{$query}");
    }

    /** @param  list<int>  $numbers */
    private function assertPage(TestResponse $answer, array $numbers, bool $before, bool $after): void
    {
        $answer->assertOk()->assertJson(['has_more_before' => $before, 'has_more_after' => $after, 'revision' => 10]);
        $this->assertSame(array_map(fn (int $n) => $this->ids[$n], $numbers), array_column($answer->json('data'), 'id'));
    }
}
