<?php

namespace App\Http\Controllers;

use App\Http\Requests\StoreAttachmentRequest;
use App\Http\Resources\AttachmentResource;
use App\Models\Attachment;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\UploadedFile;
use Illuminate\Support\Facades\Storage;
use Illuminate\Support\Str;
use RuntimeException;
use Symfony\Component\HttpFoundation\HeaderUtils;
use Symfony\Component\HttpFoundation\StreamedResponse;

class AttachmentController extends Controller
{
    /** How long a name may be (characters). */
    private const LONGEST_NAME = 200;

    /** Keeps a file until a message takes it. */
    public function store(StoreAttachmentRequest $request): JsonResponse
    {
        $file = $request->file('file');
        [$width, $height] = @getimagesize($file->getPathname()) ?: [null, null];
        // A random name: what the uploader calls a file never becomes part of a path.
        $path = $file->storeAs('attachments', Str::random(40), ['disk' => config('chat.attachments.disk')]);

        // A disk without `throw`, as those of a new application are, only says so. A row without a file would be a promise.
        if ($path === false) {
            throw new RuntimeException('The disk did not take the file.');
        }

        $attachment = Attachment::query()->create([
            'user_id' => $request->user()->id,
            'name' => self::displayName($file),
            'path' => $path,
            'mime_type' => $request->mimeType(),
            'size' => $file->getSize(),
            'width' => $width,
            'height' => $height,
        ]);

        return AttachmentResource::make($attachment)->response()->setStatusCode(201);
    }

    /** Pictures are shown; everything else is downloaded, so that no upload runs as a page of this origin. */
    public function show(Attachment $attachment): StreamedResponse
    {
        $disk = Storage::disk(config('chat.attachments.disk'));
        abort_unless($disk->exists($attachment->path), 404);

        $disposition = HeaderUtils::makeDisposition(
            $attachment->isPicture() ? HeaderUtils::DISPOSITION_INLINE : HeaderUtils::DISPOSITION_ATTACHMENT,
            $attachment->name,
            // Nothing may be left of a name in another script.
            Str::ascii(str_replace(['%', '/', '\\'], '_', $attachment->name)) ?: 'file',
        );

        return $disk->response($attachment->path, headers: [
            'Content-Type' => $attachment->mime_type,
            'Content-Disposition' => $disposition,
            'X-Content-Type-Options' => 'nosniff',
            'Content-Security-Policy' => "default-src 'none'; sandbox",
            'Cross-Origin-Resource-Policy' => 'cross-origin',
            'Cache-Control' => 'private, max-age=86400, immutable',
        ]);
    }

    /** Without folders, control and direction characters, so that "exe.txt" cannot be written backwards. */
    private static function displayName(UploadedFile $file): string
    {
        $hidden = '\p{Cc}\x{061C}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2066}-\x{2069}';
        $name = preg_replace("/[{$hidden}\/\\\\]+/u", '', mb_scrub($file->getClientOriginalName())) ?? '';

        return $name === '' ? 'file' : self::shortened($name);
    }

    /** A name that is too long loses its end, but not the extension, by which people and machines know what it is. */
    private static function shortened(string $name): string
    {
        if (mb_strlen($name) <= self::LONGEST_NAME) {
            return $name;
        }

        $extension = preg_match('/\.[^.]{1,16}\z/u', $name, $found) ? $found[0] : '';

        return mb_substr($name, 0, self::LONGEST_NAME - mb_strlen($extension)).$extension;
    }
}
