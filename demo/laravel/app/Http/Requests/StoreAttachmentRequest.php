<?php

namespace App\Http\Requests;

use Illuminate\Foundation\Http\FormRequest;
use Illuminate\Http\UploadedFile;
use Illuminate\Support\Str;

class StoreAttachmentRequest extends FormRequest
{
    /**
     * `mimetypes` looks into the file (finfo) and does not believe what the request says it is.
     *
     * @return array<string, mixed>
     */
    public function rules(): array
    {
        $allowed = config('chat.attachments.mime_types');

        return [
            'file' => [
                'bail', 'required', 'file',
                'max:'.config('chat.attachments.max_kilobytes'),
                ...(in_array($this->mimeType(), $allowed, true) ? [] : ['mimetypes:'.implode(',', $allowed)]),
            ],
        ];
    }

    /**
     * What the file is kept as. To finfo an ordinary text may be a mail, source code or a page, and an empty one is nothing. What is
     * called a text is then a plain one, which nothing runs: it is only ever downloaded, and not sniffed again.
     */
    public function mimeType(): string
    {
        $file = $this->file('file');
        $type = $file instanceof UploadedFile && $file->isValid() ? (string) $file->getMimeType() : '';

        if ($type === '' || in_array($type, config('chat.attachments.mime_types'), true)) {
            return $type;
        }

        $isText = preg_match('#\A(?:text/.+|message/.+|(?:application|inode)/x-empty)\z#', $type) === 1;
        $isCalledText = in_array(Str::lower($file->getClientOriginalExtension()), ['txt', 'md', 'csv', 'log'], true);

        return $isText && $isCalledText ? 'text/plain' : $type;
    }
}
