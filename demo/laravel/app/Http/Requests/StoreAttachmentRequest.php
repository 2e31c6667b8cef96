<?php

namespace App\Http\Requests;

use Illuminate\Foundation\Http\FormRequest;

class StoreAttachmentRequest extends FormRequest
{
    /**
     * `mimetypes` looks into the file (finfo) and does not believe what the request says it is.
     *
     * @return array<string, mixed>
     */
    public function rules(): array
    {
        return [
            'file' => [
                'bail', 'required', 'file',
                'max:'.config('chat.attachments.max_kilobytes'),
                'mimetypes:'.implode(',', config('chat.attachments.mime_types')),
            ],
        ];
    }
}
