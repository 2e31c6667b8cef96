<?php

namespace Tests\Feature;

use App\Models\Attachment;
use Illuminate\Http\UploadedFile;
use Illuminate\Support\Facades\Storage;
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
            ->assertJson(['data' => ['name' => 'cat.png', 'mime_type' => 'image/png', 'width' => 1, 'height' => 1]]);
        $this->get($answer->json('data.url'))
            ->assertOk()
            ->assertHeader('Content-Type', 'image/png')
            ->assertHeader('X-Content-Type-Options', 'nosniff')
            ->assertHeader('Content-Disposition', 'inline; filename=cat.png');
    }

    public function test_everything_but_pictures_is_a_download(): void
    {
        $url = $this->upload('notes.txt', 'plain words')->assertCreated()->json('data.url');

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

    #[DataProvider('hostileNames')]
    public function test_a_name_is_only_something_to_show(string $name): void
    {
        $answer = $this->upload($name, 'plain words')->assertCreated();

        $this->assertDoesNotMatchRegularExpression('/[\/\\\\\p{C}]/u', $answer->json('data.name'));
        $this->assertMatchesRegularExpression('#\Aattachments/[A-Za-z0-9]{40}\z#', Attachment::query()->sole()->path);
        $this->get($answer->json('data.url'))->assertOk();
    }

    /** @return list<array{string}> */
    public static function hostileNames(): array
    {
        return [
            ['../../../etc/passwd'], ['..\\..\\boot.ini'], ["a\0.txt"], ["a\r\nX-Evil: 1.txt"], ["a\u{202E}txt.exe"], ['%2e%2e%2f.txt'], ['"; x="'],
            [str_repeat('ж', 300).'.txt'], ['CON'], ['Расм.txt'], ['100%.txt'],
            ['文件'], ['😀'],
        ];
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

    public function test_what_no_message_took_is_pruned(): void
    {
        $this->upload('old.txt', 'plain words');
        $this->travel(25)->hours();
        $this->upload('young.txt', 'plain words');

        $this->artisan('chat:prune-attachments')->assertSuccessful();

        $this->assertSame(['young.txt'], Attachment::query()->pluck('name')->all());
        $this->assertCount(1, Storage::allFiles());
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
