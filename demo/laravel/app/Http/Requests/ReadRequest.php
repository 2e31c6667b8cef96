<?php

namespace App\Http\Requests;

use Illuminate\Foundation\Http\FormRequest;

class ReadRequest extends FormRequest
{
    /** @return array<string, mixed> */
    public function rules(): array
    {
        return [
            'message_ids' => ['required', 'array', 'list', 'min:1', 'max:500'],
            'message_ids.*' => ['required', 'integer', 'min:1'],
        ];
    }

    /** @return list<int> */
    public function messageIds(): array
    {
        return array_map(intval(...), $this->validated('message_ids'));
    }
}
