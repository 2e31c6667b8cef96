<?php

namespace App\Models;

use Database\Factories\AttachmentFactory;
use Illuminate\Database\Eloquent\Factories\HasFactory;
use Illuminate\Database\Eloquent\Model;
use Illuminate\Database\Eloquent\Relations\BelongsTo;
use Illuminate\Support\Facades\Storage;
use Illuminate\Support\Facades\URL;
use RuntimeException;

/**
 * @property int $id
 * @property ?int $user_id Who uploaded it; null once the account is gone.
 * @property ?int $message_id null until a message takes it.
 * @property string $name
 * @property string $path
 * @property string $mime_type
 * @property int $size
 * @property ?int $width
 * @property ?int $height
 */
class Attachment extends Model
{
    /** @use HasFactory<AttachmentFactory> */
    use HasFactory;

    protected $fillable = ['user_id', 'name', 'path', 'mime_type', 'size', 'width', 'height'];

    /** @return BelongsTo<User, $this> */
    public function user(): BelongsTo
    {
        return $this->belongsTo(User::class);
    }

    /**
     * Where a browser gets it without a token. Signed, and good for one to two days: the expiry is a whole day, so that the
     * address stays the same for a day and a browser's cache is of use. It begins with APP_URL and not with the host of the
     * request, which is whatever the sender wrote there.
     */
    public function url(): string
    {
        $until = now()->addDays(2)->startOfDay();

        $path = URL::temporarySignedRoute('chat.api.attachments.show', $until, ['attachment' => $this->id], absolute: false);

        return rtrim(config('app.url'), '/').$path;
    }

    public function isPicture(): bool
    {
        return in_array($this->mime_type, ['image/png', 'image/jpeg', 'image/gif', 'image/webp'], true);
    }

    protected static function booted(): void
    {
        // The file first: without its row nobody would know of it any more. A disk without `throw` only says that it has not deleted it.
        static::deleting(function (Attachment $attachment): void {
            if (! Storage::disk(config('chat.attachments.disk'))->delete($attachment->path)) {
                throw new RuntimeException('The disk did not delete the file.');
            }
        });
    }
}
