<?php

namespace Tests\Feature;

use App\Chat\MessageLog;
use App\Chat\NewMessage;
use App\Models\Attachment;
use Illuminate\Contracts\Filesystem\Filesystem;
use Illuminate\Http\UploadedFile;
use Illuminate\Support\Facades\Storage;
use Mockery;
use PHPUnit\Framework\Attributes\DataProvider;
use Tests\TestCase;

class AttachmentTest extends TestCase
{
    private const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

    protected function setUp(): void
    {
        parent::setUp();
        Storage::fake('local');
    }

    public function test_keeps_a_picture_and_says_how_large_it_is(): void
    {
        $answer = $this->upload('cat.png', base64_decode(self::PIXEL))->assertCreated();

        $answer->assertExactJsonStructure(['data' => ['id', 'name', 'mime_type', 'size', 'url', 'thumbnail_url', 'width', 'height']])
            ->assertJson(['data' => ['name' => 'cat.png', 'mime_type' => 'image/png', 'width' => 1, 'height' => 1]])
            ->assertJsonPath('data.thumbnail_url', $answer->json('data.url'));
        $this->get($answer->json('data.url'))
            ->assertOk()
            ->assertHeader('Content-Type', 'image/png')
            ->assertHeader('X-Content-Type-Options', 'nosniff')
            ->assertHeader('Content-Disposition', 'inline; filename=cat.png');
    }

    public function test_everything_but_pictures_is_a_download(): void
    {
        $url = $this->upload('notes.txt', 'plain words')
            ->assertCreated()
            ->assertJsonPath('data.thumbnail_url', null)
            ->json('data.url');

        $this->assertStringStartsWith('attachment;', (string) $this->get($url)->headers->get('Content-Disposition'));
    }

    public function test_an_address_cannot_be_made_up_and_does_not_last(): void
    {
        $url = $this->upload('notes.txt', 'plain words')->json('data.url');
        $id = Attachment::query()->sole()->id;

        $this->get("/api/attachments/{$id}")->assertForbidden();
        $this->get(str_replace('signature=', 'signature=0', $url))->assertForbidden();
        $this->travel(3)->days();
        $this->get($url)->assertForbidden();
    }

    /** An <img> names nobody: to a limit by address, all the pictures of an office are one person's. */
    public function test_a_conversation_full_of_pictures_does_not_use_up_what_an_address_may_call(): void
    {
        config(['chat.limits.api' => 1]);
        $url = $this->upload('cat.png', base64_decode(self::PIXEL))->json('data.url');
        $this->app['auth']->forgetGuards();

        foreach (range(1, 3) as $time) {
            $this->get($url)->assertOk();
        }
    }

    public function test_a_file_that_is_gone_from_the_disk_is_not_found(): void
    {
        $url = $this->upload('notes.txt', 'plain words')->json('data.url');
        Storage::delete(Attachment::query()->sole()->path);

        $this->get($url)->assertNotFound()->assertExactJson(['message' => 'Not Found']);
    }

    /** It goes to everybody in the conversation, and whoever uploads may write what he or she likes into a header. */
    public function test_an_address_leads_to_the_application_whatever_host_the_request_names(): void
    {
        config(['app.url' => 'https://chat.example/']);
        $this->withServerVariables(['HTTP_HOST' => 'evil.example']);

        $url = $this->upload('notes.txt', 'plain words')->assertCreated()->json('data.url');

        $this->assertStringStartsWith('https://chat.example/api/attachments/', $url);
        $this->get($url)->assertOk();
    }

    #[DataProvider('hostileNames')]
    public function test_a_name_is_only_something_to_show(string $name): void
    {
        $answer = $this->upload($name, 'plain words')->assertCreated();

        // All of \p{C} but joiners, which names are written with, and what PHP's tables do not know yet.
        $hidden = '\p{Cc}\x{061C}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2066}-\x{2069}';
        $this->assertDoesNotMatchRegularExpression("/[\/\\\\{$hidden}]/u", $answer->json('data.name'));
        $this->assertMatchesRegularExpression('#\Aattachments/[A-Za-z0-9]{40}\z#', Attachment::query()->sole()->path);
        $this->get($answer->json('data.url'))->assertOk();
    }

    /** @return list<array{string}> */
    public static function hostileNames(): array
    {
        return [
            ['../../../etc/passwd'], ['..\\..\\boot.ini'], ["a\0.txt"], ["a\r\nX-Evil: 1.txt"], ["a\u{202E}txt.exe"], ['%2e%2e%2f.txt'], ['"; x="'],
            [str_repeat('ж', 300).'.txt'], ['CON'], ['Расм.txt'], ['100%.txt'],
            ['文件'], ['😀'], ["a\u{061C}\u{200E}\u{200F}\u{202B}\u{2066}b\u{2069}.txt"],
        ];
    }

    #[DataProvider('names')]
    public function test_shows_a_name_as_it_is_written(string $name): void
    {
        $url = $this->upload($name, 'plain words')->assertCreated()->assertJsonPath('data.name', $name)->json('data.url');

        $this->get($url)->assertOk();
    }

    public function test_cuts_a_name_that_is_too_long_before_its_extension(): void
    {
        $whole = str_repeat('文', 196).'.txt';
        $this->upload($whole, 'plain words')->assertJsonPath('data.name', $whole);
        $this->upload('文'.$whole, 'plain words')->assertJsonPath('data.name', $whole);
        $this->upload(str_repeat('😀', 300), 'plain words')->assertJsonPath('data.name', str_repeat('😀', 200));
        $this->upload('a.'.str_repeat('b', 300), 'plain words')->assertJsonPath('data.name', 'a.'.str_repeat('b', 198));
    }

    /** @return array<string, array{string}> */
    public static function names(): array
    {
        return ['Persian' => ["می\u{200C}خواهم.txt"], 'a family' => ["👨\u{200D}👩\u{200D}👧.txt"], 'an emoji of 2025' => ["\u{1FAE9}.txt"]];
    }

    #[DataProvider('documents')]
    public function test_keeps_what_people_send_each_other(string $name, string $content): void
    {
        $url = $this->upload($name, $content)->assertCreated()->json('data.url');

        $this->assertStringStartsWith('attachment;', (string) $this->get($url)->headers->get('Content-Disposition'));
    }

    /** finfo has names for some of it, by which it would not be let in. */
    #[DataProvider('texts')]
    public function test_what_is_called_a_text_and_is_one_is_a_text(string $name, string $content): void
    {
        $answer = $this->upload($name, $content)->assertCreated()->assertJsonPath('data.mime_type', 'text/plain')->assertJsonPath('data.thumbnail_url', null);

        $this->get($answer->json('data.url'))
            ->assertOk()
            ->assertHeader('Content-Type', 'text/plain; charset=utf-8')
            ->assertHeader('X-Content-Type-Options', 'nosniff')
            ->assertHeader('Content-Disposition', "attachment; filename={$name}");
    }

    /** @return array<string, array{string, string}> */
    public static function texts(): array
    {
        return [
            'nothing yet' => ['empty.txt', ''],
            'a letter' => ['letter.txt', "From: Ali\nTo: Vali\nSubject: Tea\n\nAt five?\n"],
            'source code' => ['code.TXT', "<?php\n\necho 1;\n"],
            'a script' => ['script.txt', "#!/bin/sh\necho 1\n"],
            'a page' => ['page.txt', '<!DOCTYPE html><html><script>alert(1)</script></html>'],
            'a readme' => ['readme.md', "<!-- title -->\n<html>\n\n# Tea\n"],
        ];
    }

    /** @return array<string, array{string, string}> */
    public static function documents(): array
    {
        return [
            'a table' => ['people.csv', "name,age\nAli,30\nVali,31\n"],
            'a voice memo' => ['memo.m4a', "\0\0\0\x1cftypM4A \0\0\0\0M4A mp42isom"],
            'a film of a phone' => ['film.mov', "\0\0\0\x14ftypqt  \0\0\2\0qt  "],
            'data' => ['data.json', '{"a": [1, 2]}'],
            'a text document' => ['letter.docx', self::office('word/document.xml')],
            'a spreadsheet' => ['sums.xlsx', self::office('xl/workbook.xml')],
            'slides' => ['talk.pptx', self::office('ppt/presentation.xml')],
        ];
    }

    /** The beginning of a document of Office Open XML: an archive whose first entries tell what it is. */
    private static function office(string $part): string
    {
        $xml = str_repeat('<x/>', 100);
        $entry = fn (string $name): string => "PK\x03\x04"
            .pack('v5V3v2', 20, 0, 0, 0, 0, crc32($xml), strlen($xml), strlen($xml), strlen($name), 0)
            .$name.$xml;

        return implode('', array_map($entry, ['[Content_Types].xml', '_rels/.rels', 'docProps/app.xml', $part]));
    }

    #[DataProvider('refused')]
    public function test_refuses_what_may_run_in_a_browser_whatever_it_is_called(string $name, string $content): void
    {
        $this->upload($name, $content)->assertStatus(422)->assertJsonValidationErrors(['file']);

        $this->assertSame([], Storage::allFiles());
    }

    /** @return list<array{string, string}> */
    public static function refused(): array
    {
        return [
            ['cat.png', '<!DOCTYPE html><html><script>alert(1)</script></html>'],
            ['cat.png', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
            ['cat.png', '<?php echo 1;'],
            ['page.html', '<!DOCTYPE html><html><script>alert(1)</script></html>'],
            ['txt', '<?php echo 1;'],
            ['cat.txt', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
            ['cat.txt', "MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".str_repeat("\0", 200)],
            ['empty.png', ''],
            ['cat.png', "MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".str_repeat("\0", 200)],
        ];
    }

    public function test_refuses_what_is_too_large_or_no_file(): void
    {
        config(['chat.attachments.max_kilobytes' => 1]);

        $this->upload('big.txt', str_repeat('a', 1100))->assertStatus(422);
        $this->as($this->ali)->postJson('/api/attachments', ['file' => 'words'])->assertStatus(422);
        $this->as($this->ali)->postJson('/api/attachments')->assertStatus(422);
    }

    /** A disk with `throw` throws by itself; those of a new Laravel application only return false. */
    public function test_a_file_that_the_disk_did_not_take_is_not_said_to_be_kept(): void
    {
        Storage::set('local', Mockery::mock(Filesystem::class, ['putFileAs' => false]));

        $this->upload('notes.txt', 'plain words')->assertStatus(500);

        $this->assertSame(0, Attachment::query()->count());
    }

    public function test_what_no_message_took_is_pruned(): void
    {
        $this->upload('old.txt', 'plain words');
        $this->travel(25)->hours();
        $this->upload('young.txt', 'plain words');

        $this->artisan('chat:prune-attachments')->assertSuccessful();

        $this->assertSame(['young.txt'], Attachment::query()->pluck('name')->all());
        $this->assertCount(1, Storage::allFiles());
    }

    /** It was deleted because nobody is to have it any more. */
    public function test_a_file_that_the_disk_did_not_delete_is_pruned_once_it_can_be(): void
    {
        $this->upload('old.txt', 'plain words');
        $this->travel(25)->hours();
        $id = $this->upload('sent.txt', 'plain words')->json('data.id');
        $message = app(MessageLog::class)->append($this->conversation, $this->ali, new NewMessage('See', attachmentIds: [$id]));
        $disk = Storage::disk('local');

        Storage::set('local', Mockery::mock(Filesystem::class, ['delete' => false]));
        $this->deleteJson("/api/messages/{$message->id}")->assertOk();
        $this->artisan('chat:prune-attachments')->assertSuccessful();
        Storage::set('local', $disk);
        $this->travel(25)->hours();
        $this->artisan('chat:prune-attachments')->assertSuccessful();

        $this->assertSame([], Storage::allFiles());
        $this->assertSame(0, Attachment::query()->count());
    }

    public function test_what_a_message_takes_while_others_are_pruned_stays(): void
    {
        $this->upload('old.txt', 'plain words');
        $late = Attachment::query()->findOrFail($this->upload('late.txt', 'plain words')->json('data.id'));
        $this->travel(25)->hours();
        Attachment::deleted(fn (Attachment $gone) => $gone->is($late)
            || app(MessageLog::class)->append($this->conversation, $this->ali, new NewMessage('See', attachmentIds: [$late->id])));

        $this->artisan('chat:prune-attachments')->assertSuccessful();

        $this->assertModelExists($late);
        Storage::assertExists($late->path);
    }

    private function upload(string $name, string $content)
    {
        // Not UploadedFile::fake(): that one guesses the type from the name.
        $path = tempnam(sys_get_temp_dir(), 'upload');
        file_put_contents($path, $content);
        $this->beforeApplicationDestroyed(fn () => @unlink($path));

        return $this->as($this->ali)->post('/api/attachments', ['file' => new UploadedFile($path, $name, test: true)]);
    }
}
