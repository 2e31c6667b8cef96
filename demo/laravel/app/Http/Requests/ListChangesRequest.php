<?php

namespace App\Http\Requests;

use Illuminate\Foundation\Http\FormRequest;

class ListChangesRequest extends FormRequest
{
    /** @return array<string, mixed> */
    public function rules(): array
    {
        return [
            'since' => ['required', 'integer', 'min:0'],
            'limit' => ['sometimes', 'nullable', 'integer', 'between:1,'.config('chat.max_page_size')],
        ];
    }

    public function limit(): int
    {
        return (int) ($this->validated('limit') ?? config('chat.max_page_size'));
    }
}
