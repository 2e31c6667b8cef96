<?php

namespace App\Http\Requests;

use App\Rules\NotBlank;
use Illuminate\Foundation\Http\FormRequest;

class UpdateMessageRequest extends FormRequest
{
    /** @return array<string, mixed> */
    public function rules(): array
    {
        // A file needs no words beside it. That they are to go must be said all the same.
        $mayBeEmpty = $this->route('message')->attachments()->exists();

        return ['content' => [
            'bail', ...($mayBeEmpty ? ['present', 'nullable'] : ['required']), 'string',
            'max:'.config('chat.max_content_length'),
            new NotBlank,
        ]];
    }

    public function newContent(): string
    {
        return $this->validated('content') ?? '';
    }
}
