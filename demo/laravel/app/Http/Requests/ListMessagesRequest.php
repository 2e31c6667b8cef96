<?php

namespace App\Http\Requests;

use Illuminate\Foundation\Http\FormRequest;

class ListMessagesRequest extends FormRequest
{
    /** @return array<string, mixed> */
    public function rules(): array
    {
        return [
            'before' => ['sometimes', 'nullable', 'integer', 'min:1', 'prohibits:after,around'],
            'after' => ['sometimes', 'nullable', 'integer', 'min:1', 'prohibits:before,around'],
            'around' => ['sometimes', 'nullable', 'integer', 'min:1', 'prohibits:before,after'],
            'limit' => ['sometimes', 'nullable', 'integer', 'between:1,'.config('chat.max_page_size')],
            'search' => ['sometimes', 'nullable', 'string', 'max:200'],
        ];
    }

    public function limit(): int
    {
        return (int) ($this->validated('limit') ?? config('chat.page_size'));
    }
}
